# Calls Zendesk for some seconds with the token that a file keeps current. Prints how many calls it made, and each failure.
import os
import sys
import time
import urllib.error
import urllib.request


def token():
    with open(os.environ["ZENDESK_OAUTH_TOKEN_FILE"]) as file:
        return file.read()


def call(url, bearer):
    request = urllib.request.Request(url, headers={"Authorization": "Bearer " + bearer})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def next_token(refused):
    """The token that replaces a refused one, as soon as it is there."""
    deadline = time.monotonic() + 30
    while token() == refused and time.monotonic() < deadline:
        time.sleep(0.05)
    return token()


url, seconds = sys.argv[1], float(sys.argv[2])
end = time.monotonic() + seconds
calls = 0
while time.monotonic() < end:
    bearer = token()
    status = call(url, bearer)
    for _ in range(3):
        if status != 401:
            break
        bearer = next_token(bearer)
        status = call(url, bearer)
    calls += 1
    if status != 200:
        print("FAILED", status, flush=True)
print("calls", calls, flush=True)
