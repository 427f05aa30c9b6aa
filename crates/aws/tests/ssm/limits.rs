//! What the service does not take is refused when it is planned, with numbers.

use envctl_sync::{Outcome, Service, Tier};

use super::{one, world, world_with, write};
use crate::world::{World, actions};

fn tiered(tier: Tier) -> World {
    world_with(|wiring| wiring.service = Service::ParameterStore { tier: Some(tier), lock_table: None })
}

/// A secret of so many bytes.
fn sized(world: &World, bytes: usize) -> String {
    let secret = world.secret("long");
    let filler = "x".repeat(bytes - secret.len());
    secret + &filler
}

#[test]
fn the_tier_decides_how_much_a_value_may_hold() {
    for (tier, most, told) in [
        (Tier::Standard, 4096, "it is longer than the 4096 bytes that the standard tier takes"),
        (Tier::Advanced, 8192, "it is longer than the 8192 bytes that Parameter Store takes"),
        (Tier::Intelligent, 8192, "it is longer than the 8192 bytes that Parameter Store takes"),
    ] {
        let world = tiered(tier);
        write(&world, &one("/tally/most", &sized(&world, most)));
        let plan = world.plan(&[one("/tally/more", &sized(&world, most + 1))]).plan;
        assert_eq!(actions(&plan), [format!("refuse: {told}")]);
    }
    let world = world();
    let plan = world.plan(&[one("/tally/more", &sized(&world, 4097))]).plan;
    assert_eq!(actions(&plan), ["refuse: it is longer than the 4096 bytes that the standard tier takes"]);
}

#[test]
fn a_value_that_grows_takes_its_parameter_to_the_tier_that_has_room() {
    let world = tiered(Tier::Intelligent);
    write(&world, &one("/tally/grows", &sized(&world, 100)));
    write(&world, &one("/tally/grows", &sized(&world, 5000)));
    // It is in the advanced tier by now, also for a target without one.
    let plan = crate::world::prepared(
        &*super::another(&world),
        &[one("/tally/grows", &sized(&world, 6000))],
        &envctl_sync::Choices::default(),
    );
    assert_eq!(actions(&plan.plan), ["update"]);
    let done = crate::world::carry_out(&*super::another(&world), &plan);
    assert_eq!(done[0].outcome, Outcome::Written { version: "3".to_owned() });
}

#[test]
fn an_empty_value_and_a_reference_are_refused() {
    let world = world();
    let secret = format!("{}{{{{ssm:/other}}}}", world.secret("nested"));
    let plan = world.plan(&[one("/tally/empty", ""), one("/tally/nested", &secret)]).plan;
    assert_eq!(
        actions(&plan),
        [
            "refuse: Parameter Store takes no empty value",
            "refuse: it would hold `{{`, which Parameter Store takes for a reference"
        ]
    );
}
