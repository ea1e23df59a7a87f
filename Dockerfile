# One image for all processes: `motcua serve` (default), `motcua scheduler`, `motcua migrate`.

FROM python:3.12-slim AS build
RUN python -m pip install --no-cache-dir --disable-pip-version-check "uv>=0.9,<1"
ENV UV_PROJECT_ENVIRONMENT=/opt/motcua \
    UV_PYTHON_DOWNLOADS=never \
    UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_NO_CACHE=1
WORKDIR /src
# Libraries first: this layer changes with uv.lock only.
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev --all-extras --no-install-project
COPY README.md LICENSE ./
COPY migrations migrations
COPY bpmn bpmn
COPY engine engine
COPY notifications notifications
COPY api api
COPY cli cli
RUN uv sync --frozen --no-dev --all-extras --no-editable

FROM python:3.12-slim
# Pango sets letters in type; Tesseract reads scans.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 \
        libharfbuzz-subset0 tesseract-ocr tesseract-ocr-vie \
    && rm -rf /var/lib/apt/lists/*
# A volume that is laid over a folder takes its owner from it.
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/motcua motcua \
    && install --directory --owner=motcua --mode=700 /var/lib/motcua/files
COPY --from=build /opt/motcua /opt/motcua
ENV PATH=/opt/motcua/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MOTCUA_PRODUCTION=true \
    MOTCUA_HOST=0.0.0.0 \
    MOTCUA_PORT=8000
USER 10001
# Where the default SQLite database lies, unless MOTCUA_DATABASE_URL says otherwise.
WORKDIR /var/lib/motcua
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"MOTCUA_PORT\"]}/healthz', timeout=2)"]
CMD ["motcua", "serve"]
