import base64
import hashlib

import pytest

from api.guard import content_policy


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:9", "[::1]:8000"])
def test_the_addresses_of_this_machine_are_served(visitor, host):
    assert visitor.get("/api/layers", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil:8000", ""])
def test_a_foreign_host_name_is_refused(visitor, host):
    answer = visitor.get("/api/layers", headers={"Host": host})
    assert answer.status_code == 400
    assert answer.json()["code"] == "host"
    assert answer.json()["message"]["en"] == "The host asked for is not this server."


@pytest.mark.parametrize("address", ["/api/layers", "/nowhere", "/docs", "/openapi.json"])
def test_every_answer_carries_safe_headers_and_none_opens_to_other_sites(visitor, address):
    headers = visitor.get(address, headers={"Origin": "https://evil.example"}).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "access-control-allow-origin" not in headers


def test_the_inline_scripts_of_a_page_are_allowed_by_hash_and_no_others():
    policy = content_policy(
        "<script>one()</script><SCRIPT type='module'>two()</script ><script src='x.js'></script>"
    )
    hashes = [base64.b64encode(hashlib.sha256(text).digest()).decode() for text in (b"one()", b"two()")]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert sorted(scripts.split()[2:]) == sorted(f"'sha256-{one}'" for one in hashes)
    assert "unsafe-inline" not in scripts
