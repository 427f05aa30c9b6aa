"""ECS on Fargate: tasks without memory of their containers or security groups run, and end as an account says."""

from moto.ecs.models import EC2ContainerServiceBackend

MEMORY = {"memory", "memoryReservation", "Memory", "MemoryReservation"}


def params(request):
    """Security groups are optional on AWS; without them moto stops."""
    network = request.params.get("networkConfiguration", {}).get("awsvpcConfiguration")
    if request.op == "RunTask" and network is not None:
        network.setdefault("securityGroups", [])
    return request.params


def tell_ends(answer, end):
    """An exit code exists only once a task has stopped."""
    told = answer.json()
    for task in told.get("tasks", []):
        stopped = task.get("lastStatus") == "STOPPED"
        if stopped:
            task.update(stopCode=end["stopCode"], stoppedReason=end["stoppedReason"], desiredStatus="STOPPED")
        for container in task.get("containers", []):
            container["lastStatus"] = task.get("lastStatus")
            container.pop("exitCode", None)
            if stopped and end["exitCode"] is not None:
                container["exitCode"] = end["exitCode"]
    answer.replace(told)


def repair():
    """On Fargate the memory may stand on the task alone."""
    name = "_calculate_task_resource_requirements"
    original = getattr(EC2ContainerServiceBackend, name)

    def with_memory(*args, **kwargs):
        both = [*args, *kwargs.values()]
        definition = next(one for one in both if hasattr(one, "container_definitions"))
        written = definition.container_definitions
        definition.container_definitions = [one if MEMORY & set(one) else {**one, "memory": 0} for one in written]
        try:
            return original(*args, **kwargs)
        finally:
            definition.container_definitions = written

    static = isinstance(EC2ContainerServiceBackend.__dict__[name], staticmethod)
    setattr(EC2ContainerServiceBackend, name, staticmethod(with_memory) if static else with_memory)
