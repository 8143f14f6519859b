//! Prints which class of a Chinese driving licence covers which vehicle.

use liangzheng_licence::{CLASS_TABLE, Class, Cover};

fn main() {
    for row in &CLASS_TABLE {
        let vehicles: Vec<_> = Class::ALL
            .iter()
            .filter(|vehicle| row.class.covers(**vehicle) == Cover::Yes)
            .map(Class::to_string)
            .collect();
        let stops = row.stops_at.map_or_else(String::new, |age| format!(", until {age}"));
        println!("{:2} from {}{stops}: {}", row.code, row.apply_from, vehicles.join(" "));
    }
}
