# One image for both roles: the web host (default) and the projection worker
# (docker run … dotnet /app/worker/eventengine.dll run). It uses a Postgres server of yours:
# set EventEngine__Postgres__ConnectionString.

FROM node:22-bookworm-slim AS assets
WORKDIR /source
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY src/Web src/Web
RUN npm run build

FROM ubuntu:24.04 AS build
RUN apt-get update && apt-get install -y --no-install-recommends dotnet-sdk-10.0 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src src
COPY --from=assets /source/src/Web/wwwroot/assets src/Web/wwwroot/assets
RUN dotnet publish src/Web -c Release -o /app/web --nologo \
 && dotnet publish src/Projections -c Release -o /app/worker --nologo

FROM ubuntu:24.04
RUN apt-get update && apt-get install -y --no-install-recommends aspnetcore-runtime-10.0 && rm -rf /var/lib/apt/lists/*
COPY --from=build /app /app
# The key ring is all that this image keeps; a volume mounted here inherits its owner.
RUN useradd --system --uid 1654 eventengine && mkdir /data && chown eventengine /data
USER eventengine
ENV EventEngine__DataDirectory=/data ASPNETCORE_URLS=http://+:8080
VOLUME /data
EXPOSE 8080
WORKDIR /app/web
CMD ["dotnet", "EventEngine.Web.dll"]
