"""Whatever a page does behind the person's back: faults of the console, foreign requests, 500s."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

# The browser repeats on its console the status of every answer; `_answered` judges those itself.
REPEATED = "Failed to load resource"
INNER = ("data:", "blob:", "about:")


class Vigia:
    """Watches every page of a context; `faults` says in words what no page may do."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.base, self.faults = base, list[str]()
        context.on("console", self._said)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("request", self._asked)
        context.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(REPEATED):
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.base + "/", *INNER)):
            self.faults.append(f"foreign: {request.url}")

    def _answered(self, response: Response) -> None:
        is_page = response.request.is_navigation_request()
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.faults.append(f"answer: {response.status} {response.url}")
