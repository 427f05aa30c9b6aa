//! What comes before a plan is carried out: what opens a new vault is made, what is going to be deleted is brought back, and
//! what somebody else wrote is taken into the env file. Then everything is planned anew.

use envctl_sync::{Action, ApplyError, Change, ChangeKind, KeyChange};

use super::{Stage, Staging, SyncError, Wish};
use crate::edge::Edge;
use crate::env_file::NewValues;
use crate::error::CliError;
use crate::settings::To;
use crate::vault::IdentityFile;

/// What comes before a plan is carried out.
pub(crate) struct Before {
    /// Whether what is going to be deleted is brought back.
    pub(crate) restores: bool,
}

impl Before {
    /// Whether neither it nor the plans write anything.
    pub(crate) fn has_nothing_to_do(&self, stages: &[Stage]) -> bool {
        let writes = |stage: &Stage| stage.prepared.plan.writes().next().is_some();
        !stages.iter().any(|stage| writes(stage) || self.is_for(stage))
    }

    fn is_for(&self, stage: &Stage) -> bool {
        (self.restores && stage.restorable().next().is_some()) || stage.accepts()
    }

    /// Does it, and gives the plans after it, with whether a file or a target was changed.
    ///
    /// # Errors
    ///
    /// `Target` with what a service says, `NoLongerValid`, and what stands in the way of writing a file.
    pub(crate) fn done(
        &self,
        edge: &mut Edge,
        wish: &Wish,
        stages: Vec<Stage>,
    ) -> Result<(Vec<Stage>, bool), CliError> {
        let (mut again, mut changed) = (false, false);
        for stage in &stages {
            again |= stage.make_identity(edge)?;
            if self.is_for(stage) {
                (again, changed) = (true, true);
                if self.restores {
                    stage.restore()?;
                }
                stage.accept(edge)?;
            }
        }
        if !again {
            return Ok((stages, changed));
        }
        match Staging::make(edge, &wish.without_accepted())? {
            Staging::Planned(stages) => Ok((stages, changed)),
            Staging::Invalid(_) => Err(SyncError::NoLongerValid.into()),
        }
    }
}

impl Wish {
    /// The same once what somebody else wrote stands in the env file.
    fn without_accepted(&self) -> Self {
        let mut wish = self.clone();
        wish.choices.accept.clear();
        wish
    }
}

impl Stage {
    /// A vault that is new is made for whoever has the identity of this machine, which may have to be made first.
    fn make_identity(&self, edge: &mut Edge) -> Result<bool, CliError> {
        let is_new = self.prepared.plan.records.iter().any(|record| record.action == Action::Create);
        match self.project().filter(|_| is_new && self.opened.to == To::Vault) {
            Some(project) => IdentityFile::of(edge, &project.loaded)?.make_if_missing(edge),
            None => Ok(false),
        }
    }

    /// Records that could be brought back.
    fn restorable(&self) -> impl Iterator<Item = &str> {
        let records = self.prepared.plan.records.iter();
        records
            .filter(|record| matches!(record.action, Action::Restore { .. }))
            .map(|record| record.name.as_str())
    }

    /// Whether keys of it are to be taken into the env file.
    fn accepts(&self) -> bool {
        self.prepared.plan.records.iter().any(|record| record.count(KeyChange::Accept) > 0)
    }

    /// Brings back what is going to be deleted.
    ///
    /// # Errors
    ///
    /// `Target` with what the service says.
    fn restore(&self) -> Result<(), SyncError> {
        for name in self.restorable() {
            let restored = self.opened.target.apply(&Change { name, kind: ChangeKind::Restore });
            match restored {
                // Somebody else was faster.
                Ok(_) | Err(ApplyError::Conflict | ApplyError::Overwrote(_)) => {}
                Err(ApplyError::Unchanged(error) | ApplyError::Unclear(error)) => {
                    return Err(SyncError::target(name, error));
                }
            }
        }
        Ok(())
    }

    /// Takes what somebody else wrote into the env file of the environment, which goes before stacks and defaults.
    ///
    /// # Errors
    ///
    /// As [`NewValues::make`] and [`NewValues::write`].
    fn accept(&self, edge: &mut Edge) -> Result<(), CliError> {
        let mut taken = Vec::new();
        for record in &self.prepared.plan.records {
            let keys = record.keys.iter().filter(|key| key.change == KeyChange::Accept);
            for key in keys {
                let value = self.prepared.held_value(&record.name, &key.key);
                if let Some((variable, value)) = key.variable.as_deref().zip(value) {
                    taken.push((variable, value));
                }
            }
        }
        let Some(member) = self.opened.members.first().filter(|_| !taken.is_empty()) else { return Ok(()) };
        let new = NewValues::make(&member.part, &taken)?;
        new.write()?;
        let names: Vec<&str> = taken.iter().map(|(name, _)| *name).collect();
        edge.tell(&format!("{} has what somebody else wrote of {}", new.file(), names.join(", ")));
        Ok(())
    }
}
