"""ECS tasks and buckets."""

from .kit import ok


def run(aws):
    aws.admin("reset", {})
    ecs = aws.client("ecs")
    ecs.create_cluster(clusterName="c")
    ecs.register_task_definition(
        family="m",
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        containerDefinitions=[{"name": "m", "image": "x"}],
    )
    network = {"awsvpcConfiguration": {"subnets": [aws.client("ec2").describe_subnets()["Subnets"][0]["SubnetId"]]}}
    aws.admin("ecs", {"exitCode": 3})
    ran = ecs.run_task(cluster="c", taskDefinition="m", launchType="FARGATE", networkConfiguration=network)
    task, seen = ran["tasks"][0]["taskArn"], []
    for _ in range(8):
        found = ecs.describe_tasks(cluster="c", tasks=[task])["tasks"][0]
        seen.append((found["lastStatus"], found["containers"][0].get("exitCode")))
    right = seen[-1] == ("STOPPED", 3) and seen[0][1] is None
    ok("a task ends STOPPED with the chosen exit code, and has none before", right, seen)
    s3 = aws.client("s3")
    s3.create_bucket(Bucket="stand-in")
    rules = s3.get_bucket_encryption(Bucket="stand-in")["ServerSideEncryptionConfiguration"]["Rules"]
    block = s3.get_public_access_block(Bucket="stand-in")["PublicAccessBlockConfiguration"]
    ok("a new bucket is encrypted and closed to the public", rules and all(block.values()), (rules, block))
