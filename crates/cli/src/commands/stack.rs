//! `envctl stack`: the stack that an environment has.

use crate::arguments::{InputArguments, StackCommand, StackConfigArguments};
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::gather::{Gathered, Reading, gather, gather_with};
use crate::project::Project;
use crate::report::findings_text;
use crate::stack::address;
use crate::stack_plan::{Again, Flow, Inputs, Plan, example, flow, plan, plan_text, script};

pub(crate) fn stack(command: &StackCommand, edge: &mut Edge) -> Result<Exit, CliError> {
    match command {
        StackCommand::Config(arguments) => config(arguments, edge),
        StackCommand::Example(arguments) => {
            let project = arguments.project.clone();
            let input = InputArguments { project, stack: true, ..InputArguments::default() };
            let text = example(&Project::open(edge, &input)?.contract);
            edge.output.write_all(text.as_bytes())?;
            Ok(Exit::Yes)
        }
    }
}

fn config(arguments: &StackConfigArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    check_input(arguments)?;
    let shared = InputArguments {
        project: arguments.project.clone(),
        generate: arguments.generate,
        ..InputArguments::default()
    };
    let of_stack = InputArguments { stack: true, ..shared.clone() };
    let project = Project::open(edge, &of_stack)?;
    let address = address(&project)?;
    // What the program has for itself is what its contract says without any environment.
    let program = edge.contract.take();
    let mut environment = Project::open(edge, &shared)?;
    environment.follow_stack(&project);

    // What is given for this run goes to the contract that has the name; one that neither has is told of the stack's.
    let (to_environment, to_stack) = arguments.set_from_file.iter().cloned().partition(|given| {
        let name = given.split_once('=').map_or("", |(name, _)| name);
        project.contract.variable(name).is_none() && environment.contract.variable(name).is_some()
    });
    let env_files = arguments.env_files.clone();
    let of_environment = InputArguments { env_files, set_from_file: to_environment, ..shared };
    let of_stack = InputArguments { set_from_file: to_stack, ..of_stack };

    let reading = Reading { process: arguments.process_env, complete: false, stored: None };
    let known = gather(edge, &environment, &of_environment, reading)?;
    let Flow { layer, variables } = flow(&known.resolution, &project.contract);
    let flowing = Flow { layer: layer.clone(), variables };
    let (gathered, with_flow) = gather_with(edge, &project, &of_stack, reading, Some(layer))?;
    let resolution = with_flow.as_ref().unwrap_or(&gathered.resolution);
    let findings = gathered.findings_of(resolution, false);
    let plan = plan(Inputs {
        resolution,
        findings,
        environment: &known.resolution,
        flow: &flowing,
        present: gathered.sources.stack.config.as_ref(),
        program: program.as_ref().map_or(&[], |program| program.variables()),
        address: &address,
        again: &Again::new(arguments, project.contract.environment()),
        replace_encrypted: arguments.replace_encrypted,
    });
    edge.contract = program;
    print(arguments, edge, &gathered, &plan)?;
    Ok(if plan.is_done() { Exit::Yes } else { Exit::No })
}

fn print(
    arguments: &StackConfigArguments,
    edge: &mut Edge,
    gathered: &Gathered,
    plan: &Plan,
) -> Result<(), CliError> {
    if arguments.json {
        return Ok(edge.print_json(plan)?);
    }
    let findings = |look| findings_text(&gathered.judgement(plan.findings()), look);
    if arguments.script {
        edge.output.write_all(script(plan).as_bytes())?;
        if !plan.findings().is_empty() {
            let text = findings(edge.messages_look);
            edge.tell(&text);
        }
        return Ok(());
    }
    let text = plan_text(plan, &findings(edge.output_look), edge.output_look);
    Ok(edge.output.write_all(text.as_bytes())?)
}

/// Standard input can be read once, and the commands of a plan ask for their values again.
fn check_input(arguments: &StackConfigArguments) -> Result<(), CliError> {
    let file = arguments.env_files.iter().any(|file| file.as_os_str() == "-");
    if file || arguments.set_from_file.iter().any(|given| given.ends_with("=-")) {
        return Err(CliError::InputAgain);
    }
    Ok(())
}
