# The PyPI package `standardwebhooks` (MIT), unmodified, believes the requests it should believe and no others.
# Standard input: a list of {name, secret, headers, body, isBelieved}.
import json
import sys

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

cases = json.load(sys.stdin)
is_right = True
for case in cases:
    said = "believed"
    try:
        Webhook(case["secret"]).verify(case["body"].encode(), case["headers"])
    except WebhookVerificationError as error:
        said = f"refused: {error}"
    if (said == "believed") != case["isBelieved"]:
        is_right = False
        print(f"{case['name']}: {said}")
if is_right:
    print(f"{len(cases)} requests judged")
sys.exit(0 if is_right else 1)
