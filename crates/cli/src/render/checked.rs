//! [`CheckReport`]: what is wrong with contracts, as JSON.

use envschema::proof::{Proof, Proofs, Setting, View};
use envschema::{Diagnostic, Place, Schema, SchemaErrors, Span};
use serde::Serialize;

use crate::error::CliError;

/// The version of the JSON form.
const VERSION: u32 = 1;

/// The answer of `schema check`. Its JSON form is part of the interface.
#[derive(Serialize)]
pub(crate) struct CheckReport {
    version: u32,
    valid: bool,
    contracts: Vec<Checked>,
}

impl CheckReport {
    pub(crate) fn new(valid: bool, contracts: Vec<Checked>) -> Self {
        Self { version: VERSION, valid, contracts }
    }
}

/// One contract.
#[derive(Serialize)]
pub(crate) struct Checked {
    file: Option<String>,
    contract: Option<String>,
    variables: Option<usize>,
    mistakes: Vec<Told>,
    proofs: Vec<Proven>,
    undecided: usize,
    error: Option<Refusal>,
}

/// Why a contract could not be read.
#[derive(Serialize)]
struct Refusal {
    message: String,
    help: Option<String>,
}

#[derive(Serialize)]
struct Told {
    code: String,
    message: String,
    label: String,
    help: Option<String>,
    place: Place,
    related: Vec<Related>,
}

#[derive(Serialize)]
struct Related {
    text: String,
    place: Place,
}

#[derive(Serialize)]
struct Proven {
    #[serde(flatten)]
    told: Told,
    note: Option<String>,
    views: Vec<View>,
    assignment: Vec<Setting>,
}

impl Checked {
    /// A contract without mistakes.
    pub(crate) fn read(file: String, schema: &Schema, proofs: &Proofs) -> Self {
        let place = |span| proofs.place(span);
        let proven = |proof: &Proof| Proven {
            told: told(&proof.told, &place),
            note: proof.note.clone(),
            views: proof.views.clone(),
            assignment: proof.assignment.clone(),
        };
        Self {
            file: Some(file),
            contract: Some(schema.base().name().to_owned()),
            variables: Some(schema.variables().len()),
            mistakes: Vec::new(),
            proofs: proofs.iter().map(proven).collect(),
            undecided: proofs.undecided(),
            error: None,
        }
    }

    /// A contract that has mistakes or could not be read. `asked` is the file, if one was named.
    pub(crate) fn refused(asked: Option<String>, error: &CliError) -> Self {
        let (mut file, mut mistakes, mut refusal) = (asked, Vec::new(), None);
        match error {
            CliError::Schema { errors } => {
                mistakes = of_errors(errors);
                if let (None, Some(Told { place: Place::File { path, .. }, .. })) = (&file, mistakes.first())
                {
                    file = Some(path.to_string());
                }
            }
            error => refusal = Some(Refusal { message: error.to_string(), help: error.help() }),
        }
        Self {
            file,
            contract: None,
            variables: None,
            mistakes,
            proofs: Vec::new(),
            undecided: 0,
            error: refusal,
        }
    }
}

fn of_errors(errors: &SchemaErrors) -> Vec<Told> {
    errors.iter().map(|one| told(one, &|span| errors.place_of(span))).collect()
}

fn told<C: std::fmt::Display>(diagnostic: &Diagnostic<C>, place: &dyn Fn(Span) -> Place) -> Told {
    let related = |(span, text): &(Span, String)| Related { text: text.clone(), place: place(*span) };
    Told {
        code: diagnostic.code.to_string(),
        message: diagnostic.message.clone(),
        label: diagnostic.label.clone(),
        help: diagnostic.help.clone(),
        place: place(diagnostic.span),
        related: diagnostic.related.iter().map(related).collect(),
    }
}
