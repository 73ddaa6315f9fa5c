"""The messages: tf's, and the fields that came later."""

import pytest
from tf.gen import tfplugin_pb2

from provider.framework.protocol import messages


@pytest.mark.parametrize("later", messages.LATER_FIELDS, ids=lambda later: f"{later.message}.{later.name}")
def test_each_later_field_is_there_under_its_number(later: messages.LaterField) -> None:
    """A field of the table is in its message and not in tf's file, so the table contains no more than necessary."""
    assert later.number == messages.message(later.message).DESCRIPTOR.fields_by_name[later.name].number
    theirs = tfplugin_pb2.DESCRIPTOR.message_types_by_name.get(later.message.split(".")[0])
    for name in later.message.split(".")[1:]:
        theirs = theirs and theirs.nested_types_by_name.get(name)
    assert theirs is None or later.name not in theirs.fields_by_name


def test_old_and_new_messages_meet_as_bytes() -> None:
    """The extended class reads the bytes of tf's class, and tf's class reads those of the extended one."""
    theirs = tfplugin_pb2.Schema.Attribute(name="a", type=b'"string"', required=True)
    ours = messages.message("Schema.Attribute").FromString(theirs.SerializeToString())
    assert ("a", b'"string"', True, False) == (ours.name, ours.type, ours.required, ours.write_only)
    ours.write_only = True
    assert theirs.name == tfplugin_pb2.Schema.Attribute.FromString(ours.SerializeToString()).name


def test_a_later_field_of_a_message_type_can_be_set() -> None:
    """The capabilities of Terraform arrive in the request to validate a resource."""
    kind = messages.message("ValidateResourceConfig.Request")
    sent = kind(client_capabilities={"write_only_attributes_allowed": True})
    assert kind.FromString(sent.SerializeToString()).client_capabilities.write_only_attributes_allowed


def test_there_is_no_message_of_a_wrong_name() -> None:
    """A name that is not in the protocol is a KeyError."""
    with pytest.raises(KeyError):
        messages.message("Nothing")


def test_every_method_of_the_service_has_its_messages() -> None:
    """The methods are those of tf's file, each with a request and a response of its name."""
    service = tfplugin_pb2.DESCRIPTOR.services_by_name["Provider"]
    assert [each.name for each in service.methods] == [each.name for each in messages.methods()]
    for method in messages.methods():
        assert f"tfplugin6.{method.name}.Request" == method.request.DESCRIPTOR.full_name
        assert f"tfplugin6.{method.name}.Response" == method.response.DESCRIPTOR.full_name
