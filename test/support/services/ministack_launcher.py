"""Starts MiniStack 1.5.33 with the behaviour of AWS that our tests need and that it lacks.

Each change replaces a private function of that version, so each asserts first that it is still there.
  1. PutPartnerEvents delivers to the bus that is named like the source (upstream answers success and drops the events).
  2. A rule whose target is a bus in another region delivers there (upstream drops).
"""

import json

from ministack import app
from ministack.core.responses import (
    _request_account_id,
    error_response_json,
    json_response,
    new_uuid,
    request_scope,
)
from ministack.services import eventbridge

for name in ("_put_partner_events", "_partner_event_sources", "_event_buses", "_put_events", "_dispatch_to_event_bus"):
    assert hasattr(eventbridge, name), f"MiniStack changed: eventbridge.{name} is gone"


def deliver_partner_event(entry):
    source = entry.get("Source") or ""
    record = next((r for r in eventbridge._partner_event_sources.values() if r["Name"] == source), None)
    if record is None:
        return {"ErrorCode": "ResourceNotFoundException", "ErrorMessage": "partner event source does not exist"}
    token = _request_account_id.set(record["Account"])
    try:
        if source not in eventbridge._event_buses:
            return {"EventId": new_uuid()}  # as AWS: accepted, and lost while nobody has associated the source
        event = {**{k: v for k, v in entry.items() if k != "EventBusName"}, "EventBusName": source}
        response = eventbridge._put_events({"Entries": [event]}, allow_aws_source=True)
        body = response[2] if isinstance(response, tuple) else response.body
        return json.loads(body)["Entries"][0]
    finally:
        _request_account_id.reset(token)


def put_partner_events(data):
    entries = data.get("Entries", [])
    if len(entries) > 20:
        return error_response_json("ValidationException", "Member must have length less than or equal to 20", 400)
    results = [deliver_partner_event(entry) for entry in entries]
    return json_response({"FailedEntryCount": sum("ErrorCode" in r for r in results), "Entries": results})


eventbridge._put_partner_events = put_partner_events

deliver_to_bus = eventbridge._dispatch_to_event_bus


def deliver_to_bus_in_its_region(target, *args, **kwargs):
    with request_scope(target.account_id, target.region):
        return deliver_to_bus(target, *args, **kwargs)


eventbridge._dispatch_to_event_bus = deliver_to_bus_in_its_region

if __name__ == "__main__":
    app.main()
