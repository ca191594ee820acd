# Not built or run in CI.
# First: ./mvnw package
FROM eclipse-temurin:25-jre

RUN useradd --system --uid 10001 --create-home --home-dir /app ablyauth
WORKDIR /app
COPY --chown=root:root target/ably-auth-server-*-exec.jar server.jar
USER 10001

# application.yml and policy.yml are read from the working folder; the API key comes from ABLY_API_KEY.
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "server.jar"]
