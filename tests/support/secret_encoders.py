"""The ways in which a service or a proxy can write a secret."""

import html
import json
import re
from base64 import b64encode, encodebytes, urlsafe_b64encode
from collections.abc import Callable
from urllib.parse import quote, quote_plus

FOR_HTML = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}
UNICODE_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
ENCODERS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "json": lambda secret: json.dumps(secret)[1:-1],
    "json in utf-8": lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1],
    "json in json": lambda secret: json.dumps(json.dumps(secret)[1:-1])[1:-1],
    "json for html": lambda secret: json.dumps(secret)[1:-1].translate(FOR_HTML),
    "json with slashes": lambda secret: json.dumps(secret)[1:-1].replace("/", r"\/"),
    "python": lambda secret: repr(secret)[1:-1],
    "html": html.escape,
    "a url": lambda secret: quote(secret, safe=""),
    "a url's path": quote,
    "a url of a browser": lambda secret: quote(secret, safe="!~*'()"),
    "a form": quote_plus,
    "a url in lower case": lambda secret: re.sub("%..", lambda code: code[0].lower(), quote(secret, safe="")),
    "base64": lambda secret: b64encode(secret.encode()).decode(),
    "base64 without padding": lambda secret: b64encode(secret.encode()).decode().rstrip("="),
    "base64 for urls": lambda secret: urlsafe_b64encode(secret.encode()).decode(),
    "json in a url": lambda secret: quote_plus(json.dumps(secret)[1:-1]),
    "json in base64": lambda secret: b64encode(json.dumps(secret)[1:-1].encode()).decode(),
    "a url in json": lambda secret: json.dumps(quote(secret, safe=""))[1:-1].replace("%", r"\u0025"),
    "base64 in json": lambda secret: json.dumps(b64encode(secret.encode()).decode())[1:-1].replace("/", r"\/"),
    "base64 in a url": lambda secret: quote(b64encode(secret.encode()).decode(), safe=""),
    "a url in base64": lambda secret: b64encode(quote(secret, safe="").encode()).decode(),
    "a url in a url": lambda secret: quote(quote(secret, safe=""), safe=""),
    "json in upper case": lambda secret: UNICODE_ESCAPE.sub(
        lambda code: rf"\u{code[1].upper()}", json.dumps(secret)[1:-1]
    ),
    "html in numbers": lambda secret: "".join(f"&#{ord(each)};" for each in secret if each != "\0"),
    "html in hexadecimal numbers": lambda secret: "".join(f"&#x{ord(each):X};" for each in secret if each != "\0"),
    "hexadecimal": lambda secret: secret.encode().hex(),
    "hexadecimal in upper case": lambda secret: secret.encode().hex().upper(),
    "hexadecimal with colons": lambda secret: secret.encode().hex(":"),
    "bytes of python": lambda secret: "".join(f"\\x{each:02x}" for each in secret.encode()),
    "upper case": str.upper,
    "mime": lambda secret: encodebytes(secret.encode()).decode().strip(),
}
