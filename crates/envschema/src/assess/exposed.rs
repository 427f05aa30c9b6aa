//! Secret values that stand in public variables too.

use std::collections::HashMap;

use super::reading::Reading;
use crate::condition::{Facts, Telling};
use crate::finding::{Code, Finding, Findings, Severity};

/// Shorter values are equal by chance: `true`, `admin`, `3000`.
const LEAST_BYTES: usize = 12;

pub(super) fn exposed(reading: &Reading<'_>, findings: &mut Findings) {
    let (variables, public) = (reading.contract.variables(), &reading.contract.index.public);
    if public.is_empty() {
        return;
    }
    let secrets: HashMap<&str, usize> = variables
        .iter()
        .enumerate()
        .filter(|(_, variable)| variable.is_secret())
        .filter_map(|(id, _)| {
            reading.text(id).filter(|text| text.len() >= LEAST_BYTES).map(|text| (text, id))
        })
        .collect();
    for &id in public {
        let variable = &variables[id];
        let Some(secret) = reading.text(id).and_then(|text| secrets.get(text)) else { continue };
        let message = format!(
            "{} is public and has the value of {}, which is secret",
            variable.name,
            reading.name(*secret)
        );
        let finding = Finding::new(Code::Exposed, Severity::Error, variable.name.clone(), message);
        findings.push(
            finding
                .help(format!(
                    "give {} another value, and replace the secret: it may be known",
                    variable.name
                ))
                .at(reading.place(id)),
        );
    }
}
