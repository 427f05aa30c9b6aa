//! `envctl man`: manual pages, made of what `--help` says.

use std::fmt::Write;

use clap::CommandFactory;
use clap_mangen::Man;

use crate::arguments::{Arguments, ManArguments};
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::render::counted;
use crate::write::write_shared;

pub(crate) fn man(arguments: &ManArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let mut all = Arguments::command();
    all.build();
    // Its page would say nothing.
    all = without_help(all);
    let Some(folder) = &arguments.dir else {
        edge.output.write_all(&page(find(all, &arguments.command)?)?)?;
        return Ok(Exit::Yes);
    };
    std::fs::create_dir_all(edge.path(folder))
        .map_err(|error| CliError::Unwritable { path: folder.clone(), error })?;
    let mut pages = Vec::new();
    collect(all, &mut pages);
    for command in &pages {
        let file = folder.join(format!("{}.1", title(command)));
        write_shared(&edge.path(&file), &file, &page(command.clone())?, true)?;
    }
    edge.tell(&format!("{} written to {}", counted(pages.len(), "page"), folder.display()));
    Ok(Exit::Yes)
}

/// The command that these words name.
fn find(mut command: clap::Command, words: &[String]) -> Result<clap::Command, CliError> {
    for word in words {
        command = command.find_subcommand(word).cloned().ok_or_else(|| CliError::NoPage {
            command: words.join(" "),
            near: envschema::nearest(word, command.get_subcommands().map(clap::Command::get_name))
                .map(str::to_owned),
        })?;
    }
    Ok(command)
}

fn without_help(command: clap::Command) -> clap::Command {
    command.mut_subcommands(|below| match below.get_name() {
        "help" => below.hide(true),
        _ => without_help(below),
    })
}

/// The command and everything below it.
fn collect(command: clap::Command, pages: &mut Vec<clap::Command>) {
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        collect(below.clone(), pages);
    }
    pages.push(command);
}

/// `envctl-schema-check`
fn title(command: &clap::Command) -> String {
    command.get_display_name().unwrap_or(command.get_name()).to_owned()
}

fn page(command: clap::Command) -> Result<Vec<u8>, CliError> {
    let title = title(&command).to_uppercase();
    let mut rendered = Vec::new();
    Man::new(command).render(&mut rendered)?;
    let rendered = String::from_utf8_lossy(&rendered);
    let mut page = String::with_capacity(rendered.len());
    let mut lines = rendered.lines();
    for line in lines.by_ref() {
        if line.starts_with(".TH ") {
            // No date: the same text is the same page.
            let _ = writeln!(page, ".TH {title} 1 \"\" \"envctl {}\"", env!("CARGO_PKG_VERSION"));
        } else if line == ".SH EXTRA" {
            break;
        } else {
            let _ = writeln!(page, "{}", line.trim_end());
        }
    }
    push_examples(&mut page, lines);
    Ok(page.into_bytes())
}

/// What follows the options in the help: each heading a section, its lines as they are.
fn push_examples<'l>(page: &mut String, lines: impl Iterator<Item = &'l str>) {
    let mut open = false;
    for line in lines {
        match line.strip_suffix(':').filter(|_| !line.starts_with(' ')) {
            Some(heading) => {
                let end = if open { ".fi\n" } else { "" };
                let _ = writeln!(page, "{end}.SH {}\n.nf", heading.to_uppercase());
                open = true;
            }
            None if line.starts_with(".SH") => {
                page.push_str(if std::mem::take(&mut open) { ".fi\n" } else { "" });
                let _ = writeln!(page, "{line}");
            }
            None => {
                let _ = writeln!(page, "{}", line.trim_end());
            }
        }
    }
    page.push_str(if open { ".fi\n" } else { "" });
}
