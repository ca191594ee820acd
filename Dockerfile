# Not built or run in CI.
# First: ./mvnw package
FROM eclipse-temurin:25-jre

RUN useradd --system --uid 10001 --create-home --home-dir /app ablyauth
WORKDIR /app
COPY --chown=root:root target/ably-auth-server-*-exec.jar server.jar
COPY --chown=root:root jvm.options jvm.options
RUN install --directory --owner=ablyauth data
USER 10001

# application.yml and policy.yml are read from the working folder, and settings from the environment.
EXPOSE 8080
ENTRYPOINT ["java", "@jvm.options", "-XX:MaxRAMPercentage=70", "-jar", "server.jar"]
