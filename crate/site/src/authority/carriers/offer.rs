//! The desk's key, its certificate, and the offer that wallets read.

use authority::demo::DemoAuthority;
use authority::post::DeskOffer;
use cbor::Timestamp;

use crate::authority::app::App;
use crate::authority::problem::Problem;
use crate::browser::agreement::OpeningKey;
use crate::browser::key;
use crate::ui::format;

/// Days after which a certificate is made anew; it is valid for longer.
const RENEWED_AFTER_S: i64 = 20 * 86_400;

/// The stored key of the desk; a new one where there is none.
async fn opening_key(app: &App) -> Result<OpeningKey, Problem> {
    if let Some(key) = app.store.opening_key().await? {
        return Ok(key);
    }
    let key = OpeningKey::generate().await.map_err(|_| Problem::Own("no-key"))?;
    // Another tab may have been first: what is stored counts.
    app.store.put_opening_key(&key).await?;
    app.store.opening_key().await?.ok_or(Problem::Own("no-key"))
}

/// The key of this desk, loaded or made once. An application may be handed in before it is there.
pub(in crate::authority) async fn own_key(app: &App) -> Result<OpeningKey, Problem> {
    if let Some(key) = app.opening() {
        return Ok(key);
    }
    let key = opening_key(app).await?;
    app.set_opening(key.clone());
    Ok(key)
}

/// The offer of this desk, with a certificate of today.
pub(super) async fn offer(app: &App) -> Result<Vec<u8>, Problem> {
    let key = own_key(app).await?;
    // Wallets go by the true date, whatever the desk's calendar says.
    let now = format::now();
    let held = app.store.certificate().await?.filter(|(made, _)| is_fresh(*made, now));
    let certificate = match held {
        Some((_, certificate)) => certificate,
        None => {
            let mut lacking = false;
            let mut random = |buffer: &mut [u8]| lacking |= !key::random(buffer);
            let made = DemoAuthority::new().desk_certificate(key.public().to_sec1(), now, &mut random)?;
            if lacking {
                return Err(Problem::Own("no-random"));
            }
            app.store.put_certificate(now, &made).await?;
            made
        }
    };
    let encoded = DeskOffer::new(vec![certificate]).and_then(|offer| offer.encode());
    encoded.map_err(|_| Problem::Own("unexpected"))
}

fn is_fresh(made: Timestamp, now: Timestamp) -> bool {
    (0..RENEWED_AFTER_S).contains(&now.seconds_since(made))
}
