#!/usr/bin/env python3
"""Fills an account with what a project on AWS has. `seed.py ENDPOINT [ACCESS_KEY]` prints what it made as JSON."""
import json
import sys

import boto3
from botocore.config import Config

ENDPOINT = sys.argv[1]
ACCESS_KEY = sys.argv[2] if len(sys.argv) > 2 else "test"
REGION = "us-east-1"
OURS = {"envctl:managed-by": "envctl", "envctl:project": "demo", "envctl:env": "prod"}


def client(service):
    keys = {"aws_access_key_id": ACCESS_KEY, "aws_secret_access_key": "test"}
    config = Config(retries={"max_attempts": 0})
    return boto3.client(service, region_name=REGION, endpoint_url=ENDPOINT, config=config, **keys)


def infrastructure():
    rds = client("rds")
    rds.create_db_instance(
        DBInstanceIdentifier="app-db",
        DBInstanceClass="db.t3.micro",
        Engine="postgres",
        DBName="app",
        MasterUsername="app",
        MasterUserPassword="seed-only-password",
        AllocatedStorage=20,
    )
    rds.create_db_cluster(
        DBClusterIdentifier="app-cluster",
        Engine="aurora-postgresql",
        MasterUsername="app",
        MasterUserPassword="seed-only-password",
    )
    cache = client("elasticache").create_replication_group(
        ReplicationGroupId="app-redis",
        ReplicationGroupDescription="seed",
        Engine="redis",
        CacheNodeType="cache.t3.micro",
        NumCacheClusters=1,
    )["ReplicationGroup"]
    ecs = client("ecs")
    ecs.create_cluster(clusterName="app")
    task = ecs.register_task_definition(
        family="migrate",
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        containerDefinitions=[{"name": "migrate", "image": "app:test", "command": ["migrate"]}],
    )["taskDefinition"]
    zone = client("route53").create_hosted_zone(Name="example.test.", CallerReference="seed-1")["HostedZone"]
    told = ("ReplicationGroupId", "Status", "ConfigurationEndpoint", "NodeGroups")
    return {
        "account": client("sts").get_caller_identity()["Account"],
        "subnets": [subnet["SubnetId"] for subnet in client("ec2").describe_subnets()["Subnets"][:2]],
        "rds": rds.describe_db_instances(DBInstanceIdentifier="app-db")["DBInstances"][0]["Endpoint"],
        "elasticache": {name: cache.get(name) for name in told},
        "zone": zone["Id"],
        "taskdef": task["taskDefinitionArn"],
    }


def secrets():
    """Shared with somebody else, not ours, scheduled for deletion, no JSON, without a value."""
    sm = client("secretsmanager")
    ours = [{"Key": key, "Value": value} for key, value in OURS.items()]
    theirs = [{"Key": "managed-by", "Value": "external-secrets"}]
    sm.create_secret(Name="demo/prod/shared", SecretString=json.dumps({"OURS": "1", "THEIRS": "keep-me"}), Tags=ours)
    sm.create_secret(Name="demo/prod/foreign", SecretString=json.dumps({"X": "1"}), Tags=theirs)
    sm.create_secret(Name="demo/prod/going", SecretString=json.dumps({"X": "1"}), Tags=ours)
    sm.delete_secret(SecretId="demo/prod/going", RecoveryWindowInDays=7)
    sm.create_secret(Name="demo/prod/plain", SecretString="not json", Tags=ours)
    sm.create_secret(Name="demo/prod/empty", Tags=ours)
    ssm = client("ssm")
    ssm.put_parameter(Name="/demo/prod/PLAIN", Value="1", Type="String")
    ssm.put_parameter(Name="/demo/prod/SECRET", Value="s3cr3t", Type="SecureString")


made = infrastructure()
secrets()
print(json.dumps({"endpoint": ENDPOINT, "region": REGION, **made}, indent=1, default=str))
