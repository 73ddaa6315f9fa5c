"""A state with many copies of one resource."""

import base64
import json
from pathlib import Path

from scripts.lib.benchmark import clones


def test_a_state_is_copied_for_each_resource(tmp_path: Path) -> None:
    """The name is replaced everywhere, also in private state. Each copy has its index, and the serial is higher."""
    private = base64.b64encode(b'{"of": "g-00000"}').decode()
    instance = {"index_key": 0, "attributes": {"input": {"value": ["g-00000"]}}, "private": private}
    state = {"serial": 4, "outputs": {}, "resources": [{"type": "terraform_data", "instances": [instance]}]}
    (tmp_path / "terraform.tfstate").write_text(json.dumps(state))
    clones.clone(tmp_path, "g", 3, None, 1)
    told = json.loads((tmp_path / "terraform.tfstate").read_text())
    found = told["resources"][0]["instances"]
    assert (5, [0, 1, 2]) == (told["serial"], [each["index_key"] for each in found])
    assert [["g-00000"], ["g-00001"], ["g-00002"]] == [each["attributes"]["input"]["value"] for each in found]
    assert b'{"of": "g-00002"}' == base64.b64decode(found[2]["private"])
