//! Where servers listen that AWS runs: databases of RDS, caches of `ElastiCache`.

use aws_sdk_elasticache::types::Endpoint;
use envctl_resolver::sources::Listening;
use envctl_sync::TargetError;
use envschema::Place;
use envschema::template::{AwsServer, AwsService};

use crate::connection::Connection;
use crate::error::{CallError, Request};

const NO_INSTANCE: &[&str] = &["DBInstanceNotFound", "DBInstanceNotFoundFault"];
const NO_CLUSTER: &[&str] = &["DBClusterNotFoundFault", "DBClusterNotFound"];
const NO_GROUP: &[&str] = &["ReplicationGroupNotFoundFault"];

/// Where a server listens; nothing if there is none of that name, or if it does not listen yet. An admitted account is asked
/// only.
pub(crate) fn listening(
    connection: &Connection,
    server: &AwsServer,
) -> Result<Option<Listening>, TargetError> {
    connection.admit()?;
    match server.service {
        AwsService::Rds => match instance(connection, &server.id) {
            Err(gone) if gone.is(NO_INSTANCE) => cluster(connection, &server.id),
            told => Ok(told?),
        },
        AwsService::ElastiCache => cache(connection, &server.id),
    }
}

fn instance(connection: &Connection, id: &str) -> Result<Option<Listening>, CallError> {
    const ACTION: &str = "rds:DescribeDBInstances";
    let config = connection.config().map_err(|error| CallError { error, may_be_done: false })?;
    let call = aws_sdk_rds::Client::new(config).describe_db_instances().db_instance_identifier(id);
    let told = connection.call(Request::new(ACTION, id), || call.clone().send())?;
    let endpoint = told.db_instances.unwrap_or_default().into_iter().find_map(|one| one.endpoint);
    Ok(endpoint.and_then(|endpoint| told_by(ACTION, id, endpoint.address, endpoint.port)))
}

/// The writer's endpoint of a cluster, which stays when another instance becomes the writer.
fn cluster(connection: &Connection, id: &str) -> Result<Option<Listening>, TargetError> {
    const ACTION: &str = "rds:DescribeDBClusters";
    let call =
        aws_sdk_rds::Client::new(connection.config()?).describe_db_clusters().db_cluster_identifier(id);
    match connection.call(Request::new(ACTION, id), || call.clone().send()) {
        Ok(told) => {
            let cluster = told.db_clusters.unwrap_or_default().into_iter().next();
            Ok(cluster.and_then(|cluster| told_by(ACTION, id, cluster.endpoint, cluster.port)))
        }
        Err(gone) if gone.is(NO_CLUSTER) => Ok(None),
        Err(error) => Err(error.error),
    }
}

fn cache(connection: &Connection, id: &str) -> Result<Option<Listening>, TargetError> {
    const ACTION: &str = "elasticache:DescribeReplicationGroups";
    let client = aws_sdk_elasticache::Client::new(connection.config()?);
    let call = client.describe_replication_groups().replication_group_id(id);
    let told = match connection.call(Request::new(ACTION, id), || call.clone().send()) {
        Ok(told) => told,
        Err(gone) if gone.is(NO_GROUP) => return Ok(None),
        Err(error) => return Err(error.error),
    };
    let Some(group) = told.replication_groups.unwrap_or_default().into_iter().next() else { return Ok(None) };
    let nodes = || group.node_groups.unwrap_or_default().into_iter().next();
    // A group in several parts is reached by its configuration endpoint, another one by its primary.
    let endpoint = group.configuration_endpoint.or_else(|| nodes()?.primary_endpoint);
    Ok(endpoint.and_then(|Endpoint { address, port, .. }| told_by(ACTION, id, address, port)))
}

fn told_by(action: &str, id: &str, host: Option<String>, port: Option<i32>) -> Option<Listening> {
    Some(Listening {
        host: host.filter(|host| !host.is_empty())?,
        port: u16::try_from(port?).ok()?,
        place: Place::Output { source: action.into(), name: id.into() },
    })
}
