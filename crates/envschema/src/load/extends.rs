//! `extends`: a contract that stands on other files.

use super::cycles;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::document::{self, Decoder, Document, OneOrMany};
use crate::text::{SourceText, Span, Spanned};

/// Gives the file that a path in another file means, or says why it cannot.
pub(super) type Find<'f> = &'f mut dyn FnMut(&str, &str) -> Result<SourceText, String>;

/// Reads a contract and all files that it extends, and lays them over each other.
pub(super) fn read(mut source: SourceText, find: Option<Find<'_>>) -> (SourceText, Document, Decoder) {
    let mut decoder = Decoder::default();
    let own = document::read(source.text(), 0, &mut decoder);
    if paths(&own).is_empty() {
        return (source, own, decoder);
    }
    let Some(find) = find else {
        refuse(&own, &mut decoder);
        return (source, own, decoder);
    };
    let (documents, edges) = load(&mut source, own, find, &mut decoder);
    let walk =
        cycles::walk(&edges.iter().map(|to| to.iter().map(|(to, _)| *to).collect()).collect::<Vec<_>>());
    let names: Vec<&str> = source.files().map(|(name, _)| name).collect();
    for cycle in walk.cycles {
        let message = format!(
            "contracts extend each other in a circle: {}",
            cycles::chain(&cycle.iter().map(|file| names[*file]).collect::<Vec<_>>())
        );
        let next = cycle.iter().cycle().skip(1);
        let place = |(from, to): (&usize, &usize)| edges[*from].iter().find(|(file, _)| file == to);
        let spans: Vec<Span> = cycle.iter().zip(next).filter_map(place).map(|(_, span)| *span).collect();
        let help = "move what they share to a file that extends none of them";
        decoder.diagnostics.extend(cycles::diagnostic(&message, &spans, help));
    }
    let mut documents: Vec<_> = documents.into_iter().map(Some).collect();
    // Each file comes after all that it extends, the contract itself last.
    let in_order = walk.order.into_iter().filter_map(|file| documents[file].take());
    let merged = in_order.reduce(Document::extended_by).unwrap_or_default();
    (source, merged, decoder)
}

/// Reports that a contract extends others where there is nobody to ask for them.
pub(super) fn refuse(document: &Document, decoder: &mut Decoder) {
    if let Some(path) = paths(document).first() {
        let message = "this contract extends another, and only this one was given";
        let diagnostic = Diagnostic::new(DiagnosticCode::Unreadable, path.span, message);
        decoder
            .report(diagnostic.label("another file").help("read it together with the files that it extends"));
    }
}

type Edges = Vec<Vec<(usize, Span)>>;

/// Every file that the contract leads to, itself first, and what each extends, with where it says so.
fn load(
    source: &mut SourceText,
    own: Document,
    find: Find<'_>,
    decoder: &mut Decoder,
) -> (Vec<Document>, Edges) {
    let mut documents = vec![own];
    let mut names = vec![source.name().to_owned()];
    let mut edges = Edges::new();
    while let Some(document) = documents.get(edges.len()) {
        let mut leads_to = Vec::new();
        let from = names[edges.len()].clone();
        for path in paths(document).to_vec() {
            let found = match find(&from, &path) {
                Ok(found) => found,
                Err(why) => {
                    let message = format!("cannot read `{}`: {why}", path.value);
                    let diagnostic = Diagnostic::new(DiagnosticCode::Unreadable, path.span, message);
                    let help = "check the file and the path, which starts from the folder of this file";
                    decoder.report(diagnostic.label("extended here").help(help));
                    continue;
                }
            };
            let file = names.iter().position(|name| name == found.name()).unwrap_or_else(|| {
                names.push(found.name().to_owned());
                let text = found.clone();
                let base = source.add(found);
                documents.push(document::read(text.text(), base, decoder));
                documents.len() - 1
            });
            if leads_to.iter().all(|(known, _)| *known != file) {
                leads_to.push((file, path.span));
            }
        }
        edges.push(leads_to);
    }
    (documents, edges)
}

/// The paths that a file extends, in order.
fn paths(document: &Document) -> &[Spanned<String>] {
    let extends = document.schema.get().and_then(|table| table.extends.get());
    extends.map_or(&[], |extends: &Spanned<OneOrMany>| extends.as_slice())
}
