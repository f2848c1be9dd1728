"""Spans sent to a collector of OpenTelemetry's, where `TRYGGVE_TRACES_URL` says where it is.

Its library is an extra, loaded here and nowhere else: without the setting nothing is loaded. An
exception is told by its type alone, for its words may be somebody's.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.settings import Settings
from bot.terminal import Refusal
from knowledge import spans

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter


def follow(settings: Settings) -> Callable[[], None]:
    """Begin, if the settings say so. Returns what ends it: what is left is sent, and waited for."""
    if not settings.traces_url:
        return lambda: None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    except ImportError:
        raise Refusal("settings.no_traces", name="TRYGGVE_TRACES_URL") from None
    return export_to(OTLPSpanExporter(endpoint=settings.traces_url))


def export_to(exporter: "SpanExporter") -> Callable[[], None]:
    """Send every span there from now on, in batches from a thread of its own."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.trace import Status, StatusCode

    provider = TracerProvider(resource=Resource.create({"service.name": "tryggve"}))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    tracer = provider.get_tracer("tryggve")

    @contextmanager
    def start(name: str, about: dict[str, str]) -> Iterator[None]:
        with tracer.start_as_current_span(
            name, attributes=about, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield
            except BaseException as error:
                span.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise

    def end() -> None:
        spans.listen(None)
        provider.shutdown()

    spans.listen(start)
    return end
