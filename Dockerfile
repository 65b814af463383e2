# Any Debian-like image with Python 3.11 or newer at /usr/local/bin/python does, such as a mirror's own copy.
ARG BASE_IMAGE=python:3.13-slim

FROM ${BASE_IMAGE} AS build
WORKDIR /build
COPY requirements.lock ./
RUN python -m venv --without-pip /opt/waypost \
    && python -m pip --python /opt/waypost/bin/python install \
        --no-cache-dir --disable-pip-version-check --no-compile --require-hashes --no-deps -r requirements.lock
COPY LICENSE resources.yaml .waypost-proof.json /app/
COPY bot /app/bot
COPY flows /app/flows
# Compiled here because the image runs with a read-only root; by content, not by date, so that two builds are alike.
RUN PYTHONHASHSEED=0 /opt/waypost/bin/python -m compileall -q --invalidation-mode unchecked-hash \
        /opt/waypost/lib /app/bot
# A start from content that is made ready takes a third of the time. What is not proven is left for the check at the start.
RUN cd /app && PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1 /opt/waypost/bin/python -m bot content prepare || true
RUN chmod -R a+rX,go-w /app /opt/waypost

FROM ${BASE_IMAGE}
ARG VERSION=unknown
LABEL org.opencontainers.image.title="Waypost" \
      org.opencontainers.image.description="A chat bot that points people to help with online child sexual abuse" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}"
ENV PATH=/opt/waypost/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONPATH=/app \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8080
# What people typed must not stay in memory that is freed: Python's debug allocator and the C library's both write over it.
# What that costs stands in BENCHMARKS.md.
ENV PYTHONMALLOC=pymalloc_debug \
    MALLOC_PERTURB_=165
COPY --from=build /opt/waypost /opt/waypost
COPY --from=build /app /app
WORKDIR /app
# Owns nothing in the image: everything it runs belongs to root.
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=4s --start-period=10s --retries=3 \
    CMD ["python", "-m", "bot.operations.probe", "/healthz"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
