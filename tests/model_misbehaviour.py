"""What a model server does besides lying in plain words: hostile text, and every way of giving no answer at all."""

from collections.abc import Callable, Mapping

from scripted_model_server import Play, Prompt

WHERE = "The regatta was held in Montevideo, Uruguay"
FALSE = "small harbours will be closed"

# Words of a model in which <report> and <results> are markers; none may reach the reader as they are.
HOSTILE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "markdown link": ("The regatta was held in [Montevideo](https://evil.example/?q=1) <report>.", ("evil",)),
    "reference link": ("The regatta was held in [Montevideo][1] <report>.\n\n[1]: https://evil.example", ("evil",)),
    "image": (f"![x](https://evil.example/p.png) {WHERE} <report>.", ("evil", "![")),
    "bare address": (f"{WHERE}, see https://evil.example <report>.", ("evil",)),
    "address without scheme": (f"{WHERE}, see www.evil.example <report>.", ("evil",)),
    "mail address": (f"{WHERE}, write to a@evil.example <report>.", ("evil",)),
    "script": (f"<script>alert(1)</script> {WHERE} <report>.", ("<script", "alert")),
    "event handler": (f'<img src=x onerror="alert(1)"> {WHERE} <report>.', ("onerror", "<img")),
    "javascript address": (f"[{WHERE}](javascript:alert(1)) <report>.", ("javascript",)),
    "data address": (f"[{WHERE}](data:text/html;base64,PHNjcmlwdD4=) <report>.", ("base64",)),
    "entity": (f"&lt;script&gt;alert(1)&lt;/script&gt; {WHERE} <report>.", ("alert",)),
    "code block": (f"```\n{FALSE}\n```\n{WHERE} <report>.", (FALSE,)),
    "zero-width characters in a number": ("Harbour traffic reached 4\u200b5,500 containers <results>.", ("5,500",)),
    "words turned round": ("Harbour traffic reached \u202e005,54\u202c containers <results>.", ("005,54",)),
    "full-width digits": ("Harbour traffic reached ４５，５００ containers <results>.", ("45,500", "４５")),
    "mathematical digits": ("Harbour traffic reached 𝟒𝟓,𝟓𝟎𝟎 containers <results>.", ("𝟒𝟓", "45,500")),
    "arabic digits": ("Harbour traffic reached ٤٥٥٠٠ containers <results>.", ("٤٥",)),
    "devanagari digits": ("The regatta was attended by ४२ delegates <report>.", ("४२",)),
    "circled digits": ("The regatta was attended by ④② delegates <report>.", ("④",)),
    "superscript digits": ("The regatta was attended by 27⁹ delegates <report>.", ("27⁹",)),
    "fraction sign": ("The regatta was attended by ½ delegates <report>.", ("½",)),
    "chinese digits": ("The regatta was attended by 四十二 delegates <report>.", ("四",)),
    "letters that look alike": ("Саrlоs Меdіnа chaired the regatta <report>.", ("Меdіnа",)),
    "letters for digits": ("Harbour traffic reached 4O,5OO containers <results>.", ("4O",)),
    "combining marks": ("Harbour traffic reached 4\u033350,500 containers <results>.", ("50,500",)),
    "markers nested": (f"{FALSE} [[1]] [1[2]] <report>.", (FALSE,)),
    "markers within words": ("Har[1]bours [1]: small[1] harbours[1]will be[1]closed", ("closed",)),
    "markers as a range": ("Small harbours will be closed [1-9].", (FALSE,)),
    "markers in other brackets": ("Small harbours will be closed 【1】 ［1］ (1).", (FALSE,)),
    "thousands of markers": (f"Small harbours will be closed {'[1]' * 5000}.", (FALSE,)),
    "marker too large": (f"Small harbours will be closed [{'9' * 400}].", (FALSE,)),
    "marker below zero": ("Small harbours will be closed [-1].", (FALSE,)),
    "marker alone": ("<report>\n\nSmall harbours will be closed", (FALSE,)),
    "one sentence of all words": (f"{WHERE} <report>, although {FALSE} " * 400, (FALSE,)),
    "thoughts in the open": (f"Let me think. {FALSE}? I would say so.\n{WHERE} <report>.", (FALSE, "Let me")),
    "json": (f'{{"answer": "{FALSE}", "citations": [1]}}', (FALSE,)),
    "null characters": (f"{FALSE}\x00 <report>.", (FALSE,)),
    "a conversation goes on": (f"{WHERE} <report>.\nUser: And then?\nModel: {FALSE.capitalize()} [1].", (FALSE,)),
    "promise to act": ("I have sent your question to the Secretariat <report>.", ("I have sent",)),
    "opinion": ("The regatta was a great success for everyone <report>.", ("success",)),
    "apology": ("As an AI language model I cannot see the documents <report>.", ("cannot see",)),
    "certainty": ("It is certain that all harbours attended the regatta <report>.", ("certain",)),
}  # fmt: skip


def _echo(prompt: Prompt) -> Play:
    return Play(prompt.user)


def _leak(prompt: Prompt) -> Play:
    return Play("\n".join(f"{line} [1]" for line in prompt.system.splitlines()))


# Every way of giving no answer, or a broken one. The reader gets the extractive answer.
PROTOCOL: Mapping[str, Callable[[Prompt], Play]] = {
    "never-ending": lambda _: Play(endless=True),
    "never-ending after a true sentence": lambda p: Play(f"{WHERE} {p.marker('hosted by the G')}.\n", endless=True),
    "connection dropped at once": lambda _: Play("Small harbours", break_after=0),
    "connection dropped in mid-stream": lambda _: Play("Small harbours will be closed [1].", break_after=3),
    "stalled at once": lambda _: Play("Small harbours", stall_after=0),
    "stalled in mid-stream": lambda _: Play("Small harbours will be closed [1].", stall_after=3),
    "bad request": lambda _: Play(status=400),
    "not allowed": lambda _: Play(status=401),
    "forbidden": lambda _: Play(status=403),
    "no such model": lambda _: Play(status=404),
    "too many requests": lambda _: Play(status=429),
    "server error": lambda _: Play(status=500),
    "bad gateway": lambda _: Play(status=502),
    "overloaded": lambda _: Play(status=503),
    "not JSON": lambda _: Play(raw="<html>Welcome to the proxy</html>"),
    "half a JSON": lambda _: Play(raw='data: {"choices": [{"delta": {"content": "Small har\n\n'),
    "JSON of another kind": lambda _: Play(raw='data: {"answer": "Small harbours will be closed [1]."}\n\n'),
    "empty body": lambda _: Play(raw=""),
    "no choice": lambda _: Play("Small harbours will be closed [1].", choices=False),
    "no text": lambda _: Play(""),
    "blanks only": lambda _: Play(" \n\t \n" * 50),
    "tool call": lambda _: Play(tools=("close_harbours",), finish="tool_calls"),
    "refusal": lambda _: Play("I'm sorry, but I can't help with that."),
    "truncated": lambda _: Play("Small harbours will be closed [1", finish="length"),
    "filtered": lambda _: Play("Small harbours will be closed [1].", finish="content_filter"),
    "prompt echoed": _echo,
    "instructions leaked": _leak,
    "nothing found": lambda _: Play("NONE"),
}
