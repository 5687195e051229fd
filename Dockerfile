# syntax=docker/dockerfile:1
# The connector as a small image: no shell, no package manager, not root; everything it writes is beneath /data.
#   docker build -t connector .
#   docker run --rm -v connector-data:/data connector init /data/connector --id did:web:acme.example.jp
#   docker run --read-only --cap-drop ALL -v connector-data:/data -p 7443:7443 connector

ARG DOTNET=10.0
FROM mcr.microsoft.com/dotnet/sdk:${DOTNET} AS build
ARG TARGETARCH
WORKDIR /source
COPY . .
# Compiled ahead of time (ReadyToRun): the daemon starts a quarter faster.
RUN dotnet publish src/Connector.Cli/Connector.Cli.csproj -c Release -o /app \
      --runtime "linux-$(echo "${TARGETARCH:-amd64}" | sed s/amd64/x64/)" --self-contained false \
      -p:PublishReadyToRun=true -p:DebugType=none -p:GenerateDocumentationFile=false -p:EnforceCodeStyleInBuild=false \
 && install -d -m 0700 /seed/data

FROM mcr.microsoft.com/dotnet/aspnet:${DOTNET}-noble-chiseled
LABEL org.opencontainers.image.title="connector" \
      org.opencontainers.image.description="Exchanges datasets between companies under signed, enforced contracts"
COPY --from=build /app /app
COPY --from=build --chown=1654:1654 /seed/data /data
# No diagnostic pipes in /tmp: the root file system may be read-only.
ENV DOTNET_EnableDiagnostics=0 \
    CONNECTOR_CONFIG=/data/connector/connector.yaml
USER 1654:1654
VOLUME /data
WORKDIR /data
EXPOSE 7443
ENTRYPOINT ["/app/connector"]
CMD ["run"]
