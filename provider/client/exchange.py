"""Send one HTTP request: its connection, timeouts and limits. Only this module imports the library ``requests``."""

import http.client
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from http.cookiejar import DefaultCookiePolicy
from socket import gaierror
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from provider.client.answers import Answer, Request, host_of
from provider.client.errors import AtlanError, NoAnswer, RequestNotSent, UntrustedCertificate

POOLED_CONNECTIONS = 64
CONNECT_SECONDS = 10.0
# An answer can contain inputs of 8 MB as JSON text inside JSON text, which is several times longer than the inputs. An
# answer above this limit is a mistake, and reading it would only use memory.
LARGEST_BODY = 64 * 1024 * 1024
_CHUNK_BYTES = 256 * 1024

_PREPARATION_ERRORS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    urllib3.exceptions.LocationParseError,
)
# Both classes mean that there was no connection to the service.
_NOT_SENT_ERRORS = (requests.ConnectTimeout, requests.exceptions.ProxyError)
# `connecting` is True while the request of this thread opens a new connection. A pooled connection is already open.
_phase = threading.local()


class Exchange:
    """The HTTP session for requests below ``base_url``. It sends each request once. Safe for many threads."""

    def __init__(self, base_url: str, user_agent: str) -> None:
        self._base_url = base_url
        self._session = _session(base_url, user_agent)

    def proxy_passwords(self) -> list[str]:
        """Return the passwords in the addresses of the proxies, percent-encoded and decoded."""
        found = (password_of(address) for address in self._session.proxies.values())
        return [form for password in found if password for form in (password, unquote(password))]

    def close(self) -> None:
        """Close the pooled connections."""
        self._session.close()

    def send(
        self,
        request: Request,
        *,
        query: Mapping[str, str] | None,
        data: bytes | None,
        authorization: str | None,
        timeout: float,
    ) -> Answer:
        """Return the answer, also if its status is an error. Raises RequestNotSent or NoAnswer if no answer arrives.

        Raises UnusableAnswer for a body that is too large or cannot be decompressed. ``timeout`` is in seconds. It
        limits the wait for the start of the answer, and then the time to read the body.
        """
        headers = {"X-Atlan-Request-Id": request.request_id}
        if authorization is not None:
            headers["Authorization"] = authorization
        if data is not None:
            headers["Content-Type"] = "application/json"
        _phase.connecting = False
        try:
            response = self._session.request(
                request.method,
                self._base_url + request.path,
                params=query,
                data=data,
                headers=headers,
                timeout=(min(timeout, CONNECT_SECONDS), timeout),
                allow_redirects=False,
                stream=True,
            )
        # The library requests raises an OSError for a missing CA bundle, and does not wrap some errors of urllib3.
        except (OSError, urllib3.exceptions.HTTPError, http.client.HTTPException) as error:
            raise self._failure(request, error) from None
        with response:
            return self._read(request, response, timeout)

    def _read(self, request: Request, response: requests.Response, timeout: float) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        answer = Answer(request, response.status_code, headers, b"")
        deadline = time.monotonic() + timeout
        body = bytearray()
        try:
            # Each step reads the socket once, so that the deadline is checked even if the answer is slow.
            while chunk := response.raw.read1(_CHUNK_BYTES, decode_content=True):
                body += chunk
                if len(body) > LARGEST_BODY:
                    answer.refuse(f"it is larger than {LARGEST_BODY // 2**20} MiB")
                if time.monotonic() > deadline:
                    raise TimeoutError
        except urllib3.exceptions.DecodeError:
            answer.refuse("its compression is broken")
        except (OSError, urllib3.exceptions.HTTPError, http.client.HTTPException):
            why = "the connection failed before the whole answer had arrived"
            raise request.error(NoAnswer, why, status=answer.status) from None
        return Answer(request, answer.status, headers, bytes(body))

    def _failure(self, request: Request, error: Exception) -> AtlanError:
        why = f"{_reason(error)} ({host_of(self._base_url)})"
        if not (_phase.connecting or isinstance(error, _NOT_SENT_ERRORS) or _is_from_preparation(error)):
            unanswered = request.error(NoAnswer, why)
            unanswered.is_late = isinstance(_root(error), TimeoutError | requests.Timeout)
            return unanswered
        if isinstance(_root(error), ssl.SSLCertVerificationError) or _is_unwrapped(error):
            return request.error(UntrustedCertificate, why)
        failed = request.error(RequestNotSent, why)
        failed.permanent = _is_from_preparation(error)
        return failed


# The exceptions of the library requests do not say whether the handshake or the answer failed, because both can end
# with a reset or a timeout. These classes record that a connection is being opened: until it is open, nothing is sent.
class _Http(HTTPConnection):
    def connect(self) -> None:
        _phase.connecting = True
        super().connect()
        _phase.connecting = False


class _Https(HTTPSConnection):
    def connect(self) -> None:
        _phase.connecting = True
        super().connect()
        _phase.connecting = False


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _Http


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _Https


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        if not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}
        return manager


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        # The base class reads the whole body of a redirect and prepares a next request, even if redirects are off.
        return None


def _session(base_url: str, user_agent: str) -> requests.Session:
    session = _Session()
    _read_environment(session, base_url)
    # Cookies are not stored, because the requests of several threads would change the same jar.
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.update({"Accept": "application/json", "User-Agent": user_agent})
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Adapter(pool_connections=4, pool_maxsize=POOLED_CONNECTIONS))
    return session


def _read_environment(session: requests.Session, base_url: str) -> None:
    """Set the proxies and CA bundles of the session from the environment, once for all requests to this address.

    A .netrc file is ignored, because its password would replace the Authorization header.
    """
    try:
        settings = session.merge_environment_settings(base_url, {}, None, None, None)
    except ValueError:  # The address is not a URL, and each request reports that.
        return
    session.proxies, session.verify, session.cert = settings["proxies"], settings["verify"], settings["cert"]
    session.trust_env = False


def _is_from_preparation(error: Exception) -> bool:
    return _is_unwrapped(error) or isinstance(error, _PREPARATION_ERRORS)


def _is_unwrapped(error: Exception) -> bool:
    """Return True if the CA bundle is missing. The library requests wraps each OSError of a connection."""
    return isinstance(error, OSError) and not isinstance(error, requests.RequestException)


def _reason(error: Exception) -> str:
    root = _root(error)
    if isinstance(root, gaierror):
        return "the host name can't be resolved"
    if isinstance(root, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {root.verify_message}"
    if isinstance(root, ssl.SSLError):
        return f"TLS failed: {root.reason or 'no reason known'}"
    if isinstance(root, TimeoutError | requests.Timeout):
        return "no connection in time" if _phase.connecting else "no answer in time"
    if isinstance(root, http.client.RemoteDisconnected):
        return "the connection was closed without an answer"
    return _message_of(root)


def _message_of(root: BaseException) -> str:
    if isinstance(root, OSError) and root.strerror:
        return root.strerror.lower()
    # Messages of libraries are long and contain the names of their classes, so they are not shown.
    words = str(root) if isinstance(root, OSError) and not isinstance(root, requests.RequestException) else ""
    return words or f"it failed with {type(root).__name__}"


def _root(error: BaseException) -> BaseException:
    """Return the first exception in the chain of causes that requests and urllib3 do not define.

    If they define all of them, return the error itself.
    """
    return next((each for each in _chain(error) if _library(each) not in ("requests", "urllib3")), error)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _library(error: BaseException) -> str:
    return type(error).__module__.partition(".")[0]


def password_of(address: str) -> str | None:
    """Return the password in a URL, percent-encoded as in the URL. Return None if the URL contains no password."""
    try:
        return urlsplit(address if "://" in address else f"//{address}").password
    except ValueError:
        return None
