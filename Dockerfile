# First: ./mvnw package
# What the last stage needs is made with the Java that will run it, because the archive fits no other.
FROM eclipse-temurin:25-jre-noble AS build
RUN apt-get update && apt-get install --yes --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY bin/ably-auth-server bin/train bin/
COPY jvm.options ./
COPY target/*-exec.jar /build/server.jar
RUN ["java", "-Djarmode=tools", "-jar", "/build/server.jar", "extract", "--destination", "/app", "--application-filename", "ably-auth-server.jar", "--force"]
RUN ["bin/train"]
RUN mkdir /build/data

# glibc and what Java links to; no shell, no package manager.
FROM gcr.io/distroless/java-base-debian12:nonroot
COPY --from=build /opt/java/openjdk /opt/java/openjdk
# From what changes seldom to what changes with each version.
COPY --from=build /app/lib /app/lib
COPY --from=build /app/jvm.options /app/ably-auth-server.jar /app/ably-auth-server.aot /app/
COPY --from=build --chown=65532:65532 /build/data /app/data
# After the copies, so that the folder itself is root's.
WORKDIR /app
USER 65532:65532
# application.yml and policy.yml are read from here or from config/, and settings from the environment. Only data/ and
# /tmp are written to.
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["/opt/java/openjdk/bin/java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx16m", "-cp", "/app/ably-auth-server.jar", "dev.ablyauth.cli.HealthProbe"]
ENTRYPOINT ["/opt/java/openjdk/bin/java", "@/app/jvm.options", "-XX:MaxRAMPercentage=60", "-XX:AOTCache=/app/ably-auth-server.aot", "-jar", "/app/ably-auth-server.jar"]
