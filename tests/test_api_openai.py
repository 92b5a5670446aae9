"""What the OpenAI-compatible service takes is what its reference says it takes."""

from collections.abc import Iterator

import jsonschema_rs
import pytest
from api_samples import Api, running

WHITE_SPACE = ("\t", "\n", " ", "\x1c", "\x1f", "\x85", "\xa0", "\u2028", "\u3000", "\ufeff")


@pytest.fixture(scope="module")
def api(tmp_path_factory) -> Iterator[Api]:
    with running(tmp_path_factory.mktemp("openai")) as started:
        yield started


@pytest.fixture(scope="module")
def reference(api):
    components = api.client.get("/openapi.json").json()["components"]
    return jsonschema_rs.validator_for({"$ref": "#/components/schemas/ChatBody", "components": components})


@pytest.mark.parametrize("is_in_parts", [False, True])
@pytest.mark.parametrize("words", [*WHITE_SPACE, "".join(WHITE_SPACE), "a", "\u200b", "\x1cCallao\ufeff"])
def test_reference_and_service_agree_on_what_says_something(api, reference, words, is_in_parts):
    content = [{"type": "text", "text": words}, {"type": "image_url"}] if is_in_parts else words
    body = {"model": "sela", "messages": [{"role": "user", "content": content}]}
    response = api.client.post("/v1/chat/completions", json=body)
    assert response.status_code == (200 if reference.is_valid(body) else 422)
    assert reference.is_valid(body) == bool(set(words) - set(WHITE_SPACE))
