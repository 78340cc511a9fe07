# One file for the three applications: docker build --build-arg MODULE=api-service .
#
# No stage before the last two knows the module, so that three images compile the project once.

FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2,sharing=locked scripts/build

# Dependencies change rarely, the application with each build: each becomes a layer of its own.
FROM build AS extract
ARG MODULE
RUN cp "$MODULE/target/$MODULE.jar" /tmp/application.jar \
 && java -Djarmode=tools -jar /tmp/application.jar extract --layers --destination /layers

FROM eclipse-temurin:25-jre
WORKDIR /application
COPY --chmod=755 deploy/healthcheck ./
COPY --from=extract /layers/dependencies/ ./
COPY --from=extract /layers/spring-boot-loader/ ./
COPY --from=extract /layers/snapshot-dependencies/ ./
COPY --from=extract /layers/application/ ./
# Where a volume may be mounted: a new one takes over the owner.
RUN install -d -m 700 -o 10001 -g 10001 data
COPY deploy/java-options ./
# What a start teaches the virtual machine, written down for the next one (JEP 483): it opens the context, without backends,
# and ends. An image without it only starts slower.
RUN DEMO_USER=false java @java-options -XX:AOTCacheOutput=start.aot -Dspring.context.exit=onRefresh \
      -Dspring.flyway.enabled=false -jar application.jar >/tmp/training.log 2>&1 && test -s start.aot \
 || { echo "Not trained for its starts:"; tail -n 20 /tmp/training.log; }; rm -rf /tmp/*
# By number: what checks for a user that is not root cannot look up names.
USER 10001:10001
HEALTHCHECK --interval=5s --timeout=3s --start-period=180s --retries=6 CMD ["/application/healthcheck"]
ENTRYPOINT ["java", "@java-options", "-XX:AOTCache=start.aot", "-jar", "application.jar"]
