"""The command that lists the rule packs."""

import typer

from api.cli.failing import reported
from api.cli.language import picked, said
from api.cli.output import give_table


def add_to(group: typer.Typer) -> None:
    """Add the command to the group."""
    group.command("packs", help="列出地名规则包 / List the packs of name rules")(packs)


@reported
def packs() -> None:
    """List every pack with its title and how many rules it switches on."""
    from gis.names import load_packs, pack_ids

    loaded = [load_packs((one,)) for one in pack_ids()]
    header = [said("规则包", "Pack"), said("名称", "Title"), said("规则", "Rules")]
    give_table(header, [[one.id, picked(one.title), len(one.rules)] for one in loaded])
