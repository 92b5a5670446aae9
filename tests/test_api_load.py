"""Fifty callers at once: nobody gets a failure, memory stays flat, overload is told politely."""

import asyncio
import os
import time
from collections import Counter

import httpx2
import pytest
from live_server import serving_samples

pytestmark = pytest.mark.slow
CALLERS = 50
SECONDS = float(os.environ.get("SELA_TEST_LOAD_SECONDS", "10"))
QUESTIONS = (
    "How many cranes has the harbour of Valparaíso?",
    "¿Cuándo salen al mar los barcos de pesca?",
    "What did the ships of the region carry in 2031?",
    "Quantas gruas tem o porto de Callao?",
)


async def call_until(end, number, client, seen):
    while time.perf_counter() < end:
        began = time.perf_counter()
        number += 1
        body = {"question": QUESTIONS[number % len(QUESTIONS)], "stream": number % 5 == 0}
        response = await client.post("/v1/answers", json=body)
        seen.append((response.status_code, time.perf_counter() - began))
        if response.status_code == 429:
            assert int(response.headers["retry-after"]) >= 1
            await asyncio.sleep(0.5)


async def besiege(server, key, seconds):
    seen: list[tuple[int, float]] = []
    limits = httpx2.Limits(max_connections=CALLERS)
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx2.AsyncClient(base_url=server.url, headers=headers, timeout=60, limits=limits) as client:
        end = time.perf_counter() + seconds
        await asyncio.gather(*(call_until(end, number, client, seen) for number in range(CALLERS)))
    return seen


def test_fifty_callers_meet_no_failure_and_memory_stays_flat(tmp_path):
    with serving_samples(tmp_path) as server:
        key = server.key("read")
        asyncio.run(besiege(server, key, min(SECONDS, 5)))
        settled = server.memory()
        seen = asyncio.run(besiege(server, key, SECONDS))
        grown = server.memory() - settled
        statuses = Counter(status for status, _ in seen)
        times = sorted(seconds for status, seconds in seen if status == 200)
        print(f"{dict(statuses)}, 95th percentile {times[int(len(times) * 0.95)]:.3f} s, {grown / 2**20:.1f} MiB grown")
    assert set(statuses) <= {200, 429}
    assert statuses[200] > 0
    assert grown < 30 * 2**20
