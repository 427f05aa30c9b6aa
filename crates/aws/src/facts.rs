//! What the account tells: its region and number, and where its servers listen.

use std::sync::Arc;

use envctl_resolver::sources::{AwsFacts, Fact, Listening, SourceError};
use envctl_sync::TargetError;
use envschema::Place;
use envschema::template::AwsServer;

use crate::connection::Connection;
use crate::servers;

/// Facts of one account, asked of AWS.
#[derive(Debug)]
pub(crate) struct LiveFacts {
    connection: Arc<Connection>,
}

impl LiveFacts {
    pub(crate) fn new(connection: Arc<Connection>) -> Self {
        Self { connection }
    }
}

impl AwsFacts for LiveFacts {
    fn region(&self) -> Result<Option<Fact>, SourceError> {
        let place = Place::Given { how: "the AWS configuration".into() };
        let region = self.connection.region().map_err(source_error)?;
        Ok(region.map(|value| Fact { value, place }))
    }

    fn account(&self) -> Result<Option<Fact>, SourceError> {
        let who = self.connection.who().map_err(source_error)?;
        let place = Place::Output { source: "sts:GetCallerIdentity".into(), name: "Account".into() };
        Ok(Some(Fact { value: who.account, place }))
    }

    fn server(&self, server: &AwsServer) -> Result<Option<Listening>, SourceError> {
        servers::listening(&self.connection, server).map_err(source_error)
    }
}

fn source_error(error: TargetError) -> SourceError {
    SourceError::Cloud { what: error.message, help: error.help.unwrap_or_default() }
}
