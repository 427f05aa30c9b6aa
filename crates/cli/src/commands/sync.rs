//! `envctl sync`.

mod saved;

use std::collections::BTreeSet;
use std::time::Instant;

use envctl_sync::{Choices, Document, Outcome, Pace, RecordReport, apply};

use crate::arguments::{InputArguments, SyncArguments};
use crate::ask;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::progress::Progress;
use crate::project::{one_environment, settings};
use crate::render::counted;
use crate::sync::{
    Before, Ending, JournalFile, Kept, Stage, Staging, State, SyncError, Wish, chosen, ending_text,
    plan_text, settle,
};

/// How often a plan is made again because somebody else wrote to other keys of a record meanwhile.
const MOST_PLANS: usize = 4;

pub(crate) fn sync(arguments: &SyncArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let saved = arguments.apply.as_deref().map(|path| saved::read(edge, path)).transpose()?;
    let wish = wish(arguments, edge, saved.as_ref())?;
    let stages = match Staging::make(edge, &wish) {
        Ok(Staging::Planned(stages)) => stages,
        Err(CliError::Sync(SyncError::Elsewhere(found))) => return Ok(saved::refuse(edge, &found)),
        Err(error) => return Err(error),
        Ok(Staging::Invalid(findings)) => {
            edge.tell(&findings);
            edge.tell("nothing was written: what is not valid is carried nowhere");
            return Ok(Exit::No);
        }
    };
    if let Some(saved) = &saved
        && let Some(exit) = saved::check(edge, saved, &stages)
    {
        return Ok(exit);
    }
    if arguments.plan || arguments.check {
        return show(arguments, edge, &wish, &stages);
    }
    carry_out(arguments, edge, &wish, stages, saved.is_some())
}

/// What is asked for, by the options or by a plan that was kept.
fn wish(arguments: &SyncArguments, edge: &Edge, saved: Option<&saved::Saved>) -> Result<Wish, CliError> {
    let mut input = arguments.input.clone();
    let mut to = arguments.to.clone();
    let mut choices = Choices {
        adopt: arguments.adopt,
        prune: arguments.prune,
        accept: arguments.accept_remote.iter().cloned().collect(),
        overwrite: arguments.overwrite.iter().cloned().collect(),
    };
    let mut only: BTreeSet<String> = arguments.only.iter().cloned().collect();
    if let Some(saved) = saved {
        input.project.environment = saved.environment.iter().cloned().collect();
        (to, choices, only) = (saved.to.clone(), saved.choices(), saved.only.clone());
    }
    let loaded = settings(edge, &input.project, one_environment(&input.project)?)?;
    let environment = loaded.settings.default_environment.as_deref();
    let chosen = chosen(&loaded.settings.targets, &to, environment)?;
    settle(&mut input, &chosen);
    check(&input, &choices)?;
    let deadline = arguments.deadline;
    let process = arguments.process_env;
    let planned = saved.map(|saved| saved.plans.clone()).unwrap_or_default();
    Ok(Wish {
        process,
        choices,
        only,
        deadline,
        planned,
        restores: arguments.restore,
        ..Wish::new(chosen, input)
    })
}

/// Options that do not go together, or that would be passed over.
fn check(input: &InputArguments, choices: &Choices) -> Result<(), SyncError> {
    if choices.prune && input.profile.is_some() {
        return Err(SyncError::PruneInPart { option: "--profile" });
    }
    if input.target.is_some() {
        return Err(SyncError::Useless { option: "--target", why: "`--to` names the targets" });
    }
    if !choices.accept.is_empty() && !input.env_files.is_empty() {
        let why = "what is accepted goes to the env file of the environment, and this run reads another";
        return Err(SyncError::Useless { option: "--env-file", why });
    }
    Ok(())
}

/// Only tells what would change.
fn show(arguments: &SyncArguments, edge: &mut Edge, wish: &Wish, stages: &[Stage]) -> Result<Exit, CliError> {
    if let Some(path) = &arguments.out {
        saved::write(edge, path, wish, stages)?;
    }
    print_plans(arguments, edge, stages, None)?;
    let is_in_sync = stages.iter().all(|stage| stage.prepared.plan.is_in_sync());
    let is_unknown = stages.iter().any(|stage| stage.prepared.plan.unknown().next().is_some());
    Ok(match (is_in_sync, is_unknown) {
        (true, _) => Exit::Yes,
        // What could not be looked at is no drift.
        (false, true) => Exit::Outside,
        (false, false) => Exit::No,
    })
}

fn print_plans(
    arguments: &SyncArguments,
    edge: &mut Edge,
    stages: &[Stage],
    reports: Option<&[Vec<RecordReport>]>,
) -> Result<(), CliError> {
    if arguments.json {
        let plans = stages.iter().map(|stage| &stage.prepared.plan).collect();
        let reports = reports.map(|reports| reports.iter().map(Vec::as_slice).collect());
        return Ok(edge.print_json(&Document { version: Document::VERSION, plans, reports })?);
    }
    if reports.is_none() {
        let look = edge.output_look;
        let texts: Vec<String> = stages.iter().map(|stage| plan_text(&stage.prepared.plan, look)).collect();
        edge.output.write_all(texts.join("\n").as_bytes())?;
    }
    Ok(edge.output.flush()?)
}

fn carry_out(
    arguments: &SyncArguments,
    edge: &mut Edge,
    wish: &Wish,
    stages: Vec<Stage>,
    is_saved: bool,
) -> Result<Exit, CliError> {
    if !arguments.json {
        print_plans(arguments, edge, &stages, None)?;
    }
    let begun = Instant::now();
    let before = Before { restores: arguments.restore };
    if !before.has_nothing_to_do(&stages) && !arguments.yes {
        consent(arguments, edge, &stages)?;
    }
    let (mut stages, changed) = before.done(edge, wish, stages)?;
    let concurrency = usize::from(arguments.concurrency);
    let pace =
        || Pace { concurrency, deadline: arguments.deadline.map(|all| all.saturating_sub(begun.elapsed())) };
    let mut ending = Ending::default();
    ending.changed = changed;
    let reports = if stages.iter().any(|stage| stage.prepared.plan.writes().next().is_some()) {
        let journal = journal(edge, &stages)?;
        let kept = Kept::begin(edge, &journal, stages.iter().map(|stage| &stage.prepared.plan))?;
        let mut reports = write(edge, &stages, &pace, &kept);
        if !is_saved {
            again(edge, wish, &mut stages, &mut reports, (&pace, &kept))?;
        }
        kept.end();
        reports
    } else {
        stages.iter().map(|_| Vec::new()).collect()
    };
    for (stage, reports) in stages.iter().zip(&reports) {
        ending.add(reports);
        ending.left += stage.prepared.plan.refused().count();
        ending.unknown += stage.prepared.plan.unknown().count();
    }
    conclude(arguments, edge, ending, &stages, &reports)
}

/// Where is kept how far the run gets.
fn journal(edge: &Edge, stages: &[Stage]) -> Result<JournalFile, CliError> {
    let part = stages.iter().find_map(Stage::project).ok_or(SyncError::Nothing)?;
    Ok(State::of(edge, part)?.journal(&part.contract)?)
}

/// Says how it ended.
fn conclude(
    arguments: &SyncArguments,
    edge: &mut Edge,
    ending: Ending,
    stages: &[Stage],
    reports: &[Vec<RecordReport>],
) -> Result<Exit, CliError> {
    if arguments.json {
        print_plans(arguments, edge, stages, Some(reports))?;
    }
    for reports in reports {
        let text = ending_text(reports, edge.messages_look);
        if !text.is_empty() {
            edge.tell(&text);
        }
    }
    let text = ending.text(edge.messages_look);
    edge.tell(&text);
    Ok(ending.exit())
}

fn consent(arguments: &SyncArguments, edge: &mut Edge, stages: &[Stage]) -> Result<(), CliError> {
    if !edge.asks {
        return Err(SyncError::NobodyToAsk.into());
    }
    if arguments.json {
        // Nobody agrees to what was not shown.
        let look = edge.messages_look;
        let texts: Vec<String> = stages.iter().map(|stage| plan_text(&stage.prepared.plan, look)).collect();
        edge.tell(&texts.join("\n"));
    }
    let question = match stages.iter().map(|stage| stage.prepared.plan.writes().count()).sum() {
        0 => "go on?".to_owned(),
        writes => format!("write {}?", counted(writes, "record")),
    };
    if ask::yes(edge, &question)? { Ok(()) } else { Err(SyncError::NoConsent.into()) }
}

/// Writes everything that is planned, and keeps how far it got.
fn write(edge: &Edge, stages: &[Stage], pace: &dyn Fn() -> Pace, kept: &Kept<'_>) -> Vec<Vec<RecordReport>> {
    let one = |stage: &Stage| {
        let plan = &stage.prepared.plan;
        let progress = Progress::new(edge, plan.writes().count());
        let told = |report: &RecordReport| {
            progress.step();
            kept.step(&plan.target, report);
        };
        apply(&*stage.opened.target, &stage.prepared, pace(), &told)
    };
    stages.iter().map(one).collect()
}

/// Plans again what met somebody else's write, and writes it as long as that touched none of our keys.
fn again(
    edge: &mut Edge,
    wish: &Wish,
    stages: &mut [Stage],
    reports: &mut [Vec<RecordReport>],
    (pace, kept): (&dyn Fn() -> Pace, &Kept<'_>),
) -> Result<(), CliError> {
    for _ in 1..MOST_PLANS {
        let is_conflict = |report: &RecordReport| report.outcome == Outcome::Conflict;
        if !reports.iter().flatten().any(is_conflict) {
            return Ok(());
        }
        let Staging::Planned(fresh) = Staging::make(edge, wish)? else { return Ok(()) };
        for ((stage, reports), mut fresh) in stages.iter_mut().zip(reports.iter_mut()).zip(fresh) {
            let same = |name: &str| stage.prepared.holds_for(&fresh.prepared, name);
            let names: Vec<String> = reports
                .iter()
                .filter(|report| is_conflict(report) && same(&report.name))
                .map(|report| report.name.clone())
                .collect();
            if names.is_empty() {
                continue;
            }
            fresh.prepared.keep_only(&names);
            let told = |report: &RecordReport| kept.step(&stage.prepared.plan.target, report);
            let done = apply(&*fresh.opened.target, &fresh.prepared, pace(), &told);
            for report in done {
                if let Some(before) = reports.iter_mut().find(|before| before.name == report.name) {
                    *before = report;
                }
            }
        }
    }
    Ok(())
}
