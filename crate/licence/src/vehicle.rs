//! What is driven, in words that belong to no country's classes, and the Chinese class of each.
//!
//! A person chooses a [`Vehicle`]; each system of classes answers for it by a table of its own. Masses are permissible
//! maximum masses.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::class::{Class, Cover};

/// A vehicle to be driven. It serialises as its [`code`](Vehicle::code), under which the catalogue has its words
/// (`vehicle.<code>`); the code of a Chinese class is read as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Vehicle {
    /// Its kind.
    pub kind: VehicleKind,
    /// Whether its gearbox is automatic. `false` asks for a driver who may shift gears by hand.
    pub automatic: bool,
}

/// A kind of vehicle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VehicleKind {
    /// A car of at most 3.5 t and 9 seats.
    Car,
    /// A car with a trailer of at most 750 kg.
    CarLightTrailer,
    /// A car with a trailer of more than 750 kg.
    CarHeavyTrailer,
    /// An automatic car that was adapted to a driver with a disability.
    AdaptedCar,
    /// A motorhome or van of more than 3.5 t, up to 7.5 t.
    Motorhome,
    /// A lorry of more than 7.5 t.
    Lorry,
    /// A lorry with a trailer, or a tractor with a semi-trailer.
    LorryTrailer,
    /// A minibus of at most 16 passengers.
    Minibus,
    /// A bus of more than 16 passengers.
    Bus,
    /// A bus in a city's public service.
    CityBus,
    /// A motorcycle on two wheels.
    Motorcycle,
    /// A motorcycle on three wheels.
    MotorTricycle,
    /// A moped.
    Moped,
    /// A goods vehicle on four wheels that is slow by construction (低速载货汽车).
    LowSpeedLorry,
    /// A goods vehicle on three wheels (三轮汽车).
    ThreeWheeledLorry,
    /// Self-propelled machinery on wheels.
    Machinery,
    /// A trolleybus.
    Trolleybus,
    /// A tram.
    Tram,
}

/// How a vehicle is judged by Chinese classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CnVehicle {
    /// The class of the vehicle.
    pub class: Class,
    /// The class that a trailer needs beside it, if there is a trailer.
    pub towing: Option<Class>,
    /// A class that covers such a vehicle below 4.5 t only: the vehicle's papers decide.
    pub by_mass: Option<Class>,
}

use VehicleKind::{
    AdaptedCar, Bus, Car, CarHeavyTrailer, CarLightTrailer, CityBus, Lorry, LorryTrailer, LowSpeedLorry,
    Machinery, Minibus, Moped, MotorTricycle, Motorcycle, Motorhome, ThreeWheeledLorry, Tram, Trolleybus,
};

impl CnVehicle {
    /// Returns the class whose first day counts for the years held: that of the combination where it covers the vehicle as
    /// well (A2), else that of the vehicle.
    pub fn held_class(self) -> Class {
        match self.towing {
            Some(towing) if towing.covers(self.class) == Cover::Yes => towing,
            _ => self.class,
        }
    }
}

impl VehicleKind {
    /// Every kind, in the order in which a page offers them.
    pub const ALL: [VehicleKind; 18] = [
        Car,
        CarLightTrailer,
        CarHeavyTrailer,
        AdaptedCar,
        Motorhome,
        Lorry,
        LorryTrailer,
        Minibus,
        Bus,
        CityBus,
        Motorcycle,
        MotorTricycle,
        Moped,
        LowSpeedLorry,
        ThreeWheeledLorry,
        Machinery,
        Trolleybus,
        Tram,
    ];

    /// Returns the stable text, in kebab case.
    pub const fn code(self) -> &'static str {
        match self {
            Car => "car",
            CarLightTrailer => "car-light-trailer",
            CarHeavyTrailer => "car-heavy-trailer",
            AdaptedCar => "adapted-car",
            Motorhome => "motorhome",
            Lorry => "lorry",
            LorryTrailer => "lorry-trailer",
            Minibus => "minibus",
            Bus => "bus",
            CityBus => "city-bus",
            Motorcycle => "motorcycle",
            MotorTricycle => "motor-tricycle",
            Moped => "moped",
            LowSpeedLorry => "low-speed-lorry",
            ThreeWheeledLorry => "three-wheeled-lorry",
            Machinery => "machinery",
            Trolleybus => "trolleybus",
            Tram => "tram",
        }
    }

    /// Whether vehicles of this kind exist with a gearbox of either kind.
    pub const fn has_gearboxes(self) -> bool {
        !matches!(self, AdaptedCar | Moped | Machinery | Trolleybus | Tram)
    }
}

/// What an automatic vehicle's code ends with.
const AUTOMATIC: &str = "-automatic";

impl Vehicle {
    /// A car with a gearbox that is shifted by hand.
    pub const CAR: Vehicle = Vehicle::new(Car);

    /// Creates a vehicle of a kind, shifted by hand where its kind has gearboxes.
    pub const fn new(kind: VehicleKind) -> Vehicle {
        Vehicle { kind, automatic: false }
    }

    /// Returns the same vehicle with an automatic gearbox; unchanged where its kind has no choice of gearboxes.
    pub const fn with_automatic(self, automatic: bool) -> Vehicle {
        Vehicle { automatic: automatic && self.kind.has_gearboxes(), ..self }
    }

    /// Returns every vehicle, by kind, each with an automatic gearbox too where its kind has gearboxes.
    pub fn all() -> impl Iterator<Item = Vehicle> {
        let both =
            |kind: VehicleKind| [Some(false), kind.has_gearboxes().then_some(true)].map(|how| (kind, how));
        VehicleKind::ALL
            .into_iter()
            .flat_map(both)
            .filter_map(|(kind, automatic)| automatic.map(|automatic| Vehicle { kind, automatic }))
    }

    /// Returns the stable text: that of its kind, with `-automatic` for an automatic gearbox.
    pub fn code(self) -> String {
        format!("{}{}", self.kind.code(), if self.automatic { AUTOMATIC } else { "" })
    }

    /// Returns the vehicle with this code, or the one that a Chinese class is named after.
    pub fn from_code(code: &str) -> Option<Vehicle> {
        if let Some(class) = Class::from_code(code) {
            return Some(Vehicle::of_class(class));
        }
        let (kind, automatic) = match code.strip_suffix(AUTOMATIC) {
            Some(kind) => (kind, true),
            None => (code, false),
        };
        let kind = VehicleKind::ALL.into_iter().find(|known| known.code() == kind)?;
        let vehicle = Vehicle::new(kind).with_automatic(automatic);
        (vehicle.automatic == automatic).then_some(vehicle)
    }

    /// Returns the vehicle that a Chinese class is named after.
    pub const fn of_class(class: Class) -> Vehicle {
        let kind = match class {
            Class::A1 => Bus,
            Class::A2 => LorryTrailer,
            Class::A3 => CityBus,
            Class::B1 => Minibus,
            Class::B2 => Lorry,
            Class::C1 => Car,
            Class::C2 => return Vehicle { kind: Car, automatic: true },
            Class::C3 => LowSpeedLorry,
            Class::C4 => ThreeWheeledLorry,
            Class::C5 => AdaptedCar,
            Class::C6 => CarLightTrailer,
            Class::D => MotorTricycle,
            Class::E => Motorcycle,
            Class::F => Moped,
            Class::M => Machinery,
            Class::N => Trolleybus,
            Class::P => Tram,
        };
        Vehicle::new(kind)
    }

    /// Returns the same vehicle without its trailer.
    pub const fn without_trailer(self) -> Vehicle {
        let kind = match self.kind {
            CarLightTrailer | CarHeavyTrailer => Car,
            LorryTrailer => Lorry,
            kind => kind,
        };
        Vehicle { kind, ..self }
    }

    /// Whether it pulls a trailer.
    pub const fn has_trailer(self) -> bool {
        matches!(self.kind, CarLightTrailer | CarHeavyTrailer | LorryTrailer)
    }

    /// Returns how Chinese classes answer for this vehicle.
    ///
    /// Only A2 and C6 tow. C1 covers light goods and special vehicles, which weigh less than 4.5 t: from 3.5 t to 7.5 t B2
    /// covers all, and C1 those that the vehicle's papers say are light.
    pub const fn cn(self) -> CnVehicle {
        let car = if self.automatic { Class::C2 } else { Class::C1 };
        let (class, towing, by_mass) = match self.kind {
            Car => (car, None, None),
            CarLightTrailer | CarHeavyTrailer => (car, Some(Class::C6), None),
            AdaptedCar => (Class::C5, None, None),
            Motorhome => (Class::B2, None, Some(Class::C1)),
            Lorry => (Class::B2, None, None),
            LorryTrailer => (Class::B2, Some(Class::A2), None),
            Minibus => (Class::B1, None, None),
            Bus => (Class::A1, None, None),
            CityBus => (Class::A3, None, None),
            Motorcycle => (Class::E, None, None),
            MotorTricycle => (Class::D, None, None),
            Moped => (Class::F, None, None),
            LowSpeedLorry => (Class::C3, None, None),
            ThreeWheeledLorry => (Class::C4, None, None),
            Machinery => (Class::M, None, None),
            Trolleybus => (Class::N, None, None),
            Tram => (Class::P, None, None),
        };
        CnVehicle { class, towing, by_mass }
    }
}

impl From<VehicleKind> for Vehicle {
    fn from(kind: VehicleKind) -> Vehicle {
        Vehicle::new(kind)
    }
}

impl From<Vehicle> for String {
    fn from(vehicle: Vehicle) -> String {
        vehicle.code()
    }
}

/// A text is no code of a vehicle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownVehicle;

impl fmt::Display for UnknownVehicle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no vehicle, such as car, lorry-trailer or C1")
    }
}

impl std::error::Error for UnknownVehicle {}

impl TryFrom<String> for Vehicle {
    type Error = UnknownVehicle;

    fn try_from(code: String) -> Result<Vehicle, UnknownVehicle> {
        Vehicle::from_code(&code).ok_or(UnknownVehicle)
    }
}

impl fmt::Display for Vehicle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        for vehicle in Vehicle::all() {
            assert_eq!(Vehicle::from_code(&vehicle.code()), Some(vehicle));
        }
        for wrong in
            ["", "Car", "car-", "-automatic", "car-automatic-automatic", "tram-automatic", "A4", "c1"]
        {
            assert_eq!(Vehicle::from_code(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_class_names_a_vehicle_that_is_judged_by_it() {
        for class in Class::ALL {
            let vehicle = Vehicle::of_class(class);
            assert_eq!(Vehicle::from_code(class.code()), Some(vehicle));
            let cn = vehicle.cn();
            assert!(cn.class == class || cn.towing == Some(class), "{class}");
        }
    }

    #[test]
    fn chinese_classes_of_vehicles() {
        let cn = |code: &str| {
            let CnVehicle { class, towing, by_mass } = Vehicle::from_code(code).unwrap().cn();
            (class, towing, by_mass)
        };
        assert_eq!(cn("car"), (Class::C1, None, None));
        assert_eq!(cn("car-automatic"), (Class::C2, None, None));
        for trailer in ["car-light-trailer", "car-heavy-trailer"] {
            assert_eq!(cn(trailer), (Class::C1, Some(Class::C6), None));
            assert_eq!(cn(&format!("{trailer}-automatic")), (Class::C2, Some(Class::C6), None));
        }
        assert_eq!(cn("motorhome"), (Class::B2, None, Some(Class::C1)));
        assert_eq!(cn("lorry"), (Class::B2, None, None));
        assert_eq!(cn("lorry-trailer"), (Class::B2, Some(Class::A2), None));
        assert_eq!(cn("minibus").0, Class::B1);
        assert_eq!(cn("bus").0, Class::A1);
        assert_eq!(cn("motorcycle").0, Class::E);
        assert_eq!(cn("motor-tricycle").0, Class::D);
        assert_eq!(cn("moped").0, Class::F);
    }

    #[test]
    fn years_held_count_from_the_class_of_the_combination_if_there_is_one() {
        let held = |code: &str| Vehicle::from_code(code).unwrap().cn().held_class();
        assert_eq!(held("lorry-trailer"), Class::A2);
        assert_eq!(held("car-heavy-trailer"), Class::C1);
        assert_eq!(held("motorhome"), Class::B2);
    }

    #[test]
    fn who_pulls_a_trailer_needs_a_class_that_tows() {
        for vehicle in Vehicle::all() {
            let cn = vehicle.cn();
            assert_eq!(vehicle.has_trailer(), cn.towing.is_some(), "{vehicle}");
            assert_eq!(vehicle.has_trailer(), vehicle.without_trailer() != vehicle, "{vehicle}");
            if let Some(towing) = cn.towing {
                assert_eq!(cn.class.with_trailer(), Some(towing), "{vehicle}");
            }
        }
    }
}
