"""AWS on loopback for tests: moto, unmodified and as a library, behind a stricter front. ../README.md tells how to use it.

front           from the network to the answer
calls           one call: checked, answered by moto, repaired
request, answers  what is asked, and the forms of errors
accounts        what each account has of its own: faults, journal, canaries
faults, pages, history, replicas  what can go wrong
admin           the requests under /_fake/
emulator        moto: calls into it, its state, its reset
model           requests against botocore's models of the services
secretsmanager, labels, batch, managed, ssm, ecs, s3  rules that moto lacks and repairs of its state
"""
