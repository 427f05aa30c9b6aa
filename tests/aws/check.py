#!/usr/bin/env python3
"""Checks that the stand-in keeps what a sync depends on of AWS, and that its faults work. Exit 0 only if all hold."""
import sys

from checks import accounts, batch, faults, kit, others, ownership, parameters, secrets


def main():
    aws = kit.StandIn()
    try:
        for part in (secrets, parameters, batch, faults, ownership, accounts, others):
            part.run(aws)
    finally:
        status = aws.close()
    kit.ok("it ends when its standard input does", status == 0, status)
    print(f"{len(kit.FAILED)} failed")
    return 1 if kit.FAILED else 0


sys.exit(main())
