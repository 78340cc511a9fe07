# Everything a developer or an operator types. `make` alone explains it.
# Java work needs a JDK 25, which scripts/find-jdk finds; the Docker targets need Docker with compose v2.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

MVNW := ./mvnw -B -ntp
# Sets JAVA_HOME for the rest of a recipe line, or stops it with the reason.
JDK = JAVA_HOME=$$(scripts/find-jdk) && export JAVA_HOME

JARS := api-service/target/api-service.jar notification-worker/target/notification-worker.jar \
  audit-worker/target/audit-worker.jar local-stack/target/local-stack-run.jar \
  load-tests/target/load-tests.jar
SOURCES := $(shell find pom.xml .mvn */pom.xml */src/main -type f 2>/dev/null)
BUILT := target/built

.PHONY: help
help: ## Show this list
	@awk 'BEGIN { FS = ":.*## " } /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

##@ Run on this machine, without Docker
.PHONY: run
run: build ## Start PostgreSQL, Redis, RabbitMQ and the applications; SCALE=3: three APIs behind HAProxy
	@$(JDK) && export SCALE="$(SCALE)" && exec "$$JAVA_HOME/bin/java" -jar local-stack/target/local-stack-run.jar run

# With the jar that is there: changed sources, or broken ones, are no reason to build before a stop.
.PHONY: stop
stop: $(if $(wildcard local-stack/target/local-stack-run.jar),,build) ## Stop what make run started in another terminal
	@$(JDK) && exec "$$JAVA_HOME/bin/java" -jar local-stack/target/local-stack-run.jar stop

.PHONY: build
build: $(BUILT) ## Build the runnable jars, no tests

# A missing jar counts as out of date: Maven's clean takes jars away one module at a time.
$(BUILT): $(SOURCES) $(if $(filter $(words $(JARS)),$(words $(wildcard $(JARS)))),,always)
	@$(JDK) && scripts/build
	@touch $@

.PHONY: always
always:

##@ Run in Docker
# With OBSERVABILITY=1 the applications send their traces to Jaeger, whatever .env says.
# With SCALE the balancer has the API's port, and each instance ports that Docker chooses.
SCALED = $(filter-out 1,$(SCALE))
API_PORT = $(or $(PORT),$(shell sed -n 's/^PORT=//p' .env 2>/dev/null | tail -n 1),3000)
COMPOSE = $(if $(OBSERVABILITY),OTEL_EXPORTER_OTLP_ENDPOINT=http://jaeger:4318) \
  $(if $(SCALED),BALANCER_PORT=$(API_PORT) PORT=0 MANAGEMENT_SERVER_PORT=0) \
  docker compose $(if $(OBSERVABILITY),--profile observability) $(if $(SCALED),--profile scale)

.PHONY: setup
setup: .env ## Create .env from .env.example and a key pair for tokens, unless they are there
	@scripts/dev-keys

.env:
	@cp .env.example .env
	@echo "Created .env from .env.example."

.PHONY: run-docker
run-docker: setup needs-docker ## Build and start all, wait; SCALE=3: three APIs; OBSERVABILITY=1: Grafana and more
	@$(COMPOSE) up -d --build --wait $(if $(SCALED),--scale api-service=$(SCALED))
	@scripts/print-addresses

.PHONY: stop-docker
stop-docker: setup needs-docker ## Stop and remove the containers; the data stays
	@docker compose --profile observability --profile scale down

.PHONY: logs
logs: setup needs-docker ## Follow the logs of all containers
	@docker compose logs -f

.PHONY: needs-docker
needs-docker:
	@docker compose version >/dev/null 2>&1 || { \
	  echo "Docker with compose v2 is needed: https://docs.docker.com/engine/install/" >&2; \
	  echo "Without Docker: make run" >&2; exit 1; }

##@ Check
.PHONY: test
test: ## Run all tests, with real backends, and all checks of the build
	@$(JDK) && $(MVNW) verify

.PHONY: test-unit
test-unit: ## Run the tests that need nothing running
	@$(JDK) && $(MVNW) test

.PHONY: test-integration
test-integration: ## Run the tests with real backends only
	@$(JDK) && $(MVNW) verify -DskipUnitTests

.PHONY: load-test
load-test: build ## Fire 10,000 withdrawals at the running system with k6, then check its books
	@$(JDK) && exec "$$JAVA_HOME/bin/java" -jar load-tests/target/load-tests.jar

# The settings that bench and soak know; they come as words, because SECONDS means something to a shell.
BENCH = "$$JAVA_HOME/bin/java" -cp load-tests/target/load-tests.jar \
  -Dloader.main=dev.banking.loadtests.bench.$(1) org.springframework.boot.loader.launch.PropertiesLauncher \
  "ONLY=$(ONLY)" "ROUNDS=$(ROUNDS)" "SECONDS=$(SECONDS)" "QUICK=$(QUICK)" "MINUTES=$(MINUTES)"

.PHONY: bench
bench: build ## Measure everything side by side, an hour; QUICK=yes: 3 minutes; ONLY=hot,ceiling: parts
	@$(JDK) && exec $(call BENCH,Bench)

.PHONY: scaling-model
scaling-model: build ## What the measured costs say about other loads; writes the tables of docs/scaling.md
	@$(JDK) && exec "$$JAVA_HOME/bin/java" -cp load-tests/target/load-tests.jar \
	  -Dloader.main=dev.banking.loadtests.model.ScalingModel org.springframework.boot.loader.launch.PropertiesLauncher

.PHONY: soak
soak: build ## A moderate load for MINUTES=10, then whether memory grows
	@$(JDK) && exec $(call BENCH,Soak)

.PHONY: faults
faults: build ## Break the running system part by part, about 12 minutes; check that nothing is lost
	@$(JDK) && $(MVNW) -q -pl load-tests -am verify -DskipUnitTests -Dspotless.check.skip=true \
	  -Dgroups=faults -Dexcluded.groups=none -Dfailsafe.failIfNoSpecifiedTests=false

.PHONY: scale-test
scale-test: build ## Instances behind HAProxy: the headline, hashed and in turn; one killed and one stopped under load
	@$(JDK) && $(MVNW) -q -pl load-tests -am verify -DskipUnitTests -Dspotless.check.skip=true \
	  -Dgroups=scale -Dexcluded.groups=none -Dfailsafe.failIfNoSpecifiedTests=false

# FROM is another version's last commit, for instance.
.PHONY: upgrade-test
upgrade-test: build ## Replace the version of FROM=HEAD~1 part by part under load, and go back; check that nobody notices
	@$(JDK) && EARLIER_JARS=$$(scripts/earlier-jars "$(or $(FROM),HEAD~1)") && export EARLIER_JARS && \
	  $(MVNW) -q -pl load-tests -am verify -DskipUnitTests -Dspotless.check.skip=true \
	  -Dgroups=upgrade -Dexcluded.groups=none -Dfailsafe.failIfNoSpecifiedTests=false

.PHONY: dashboards-check
dashboards-check: build ## Ask each panel of the dashboards of a Prometheus that watches make run
	@$(JDK) && exec "$$JAVA_HOME/bin/java" -cp load-tests/target/load-tests.jar \
	  -Dloader.main=dev.banking.loadtests.dashboards.DashboardsCheck \
	  org.springframework.boot.loader.launch.PropertiesLauncher

.PHONY: chart-test
chart-test: ## Render the Helm chart, and hold it against schemas, compose and .env.example
	@$(JDK) && $(MVNW) -q -pl load-tests -am verify -Dspotless.check.skip=true \
	  -Dtest='dev.banking.loadtests.chart.*Test' -Dit.test='dev.banking.loadtests.chart.*IT' \
	  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false

.PHONY: mutation
mutation: ## Change the code that decides about money in small ways; see how many the tests notice
	@$(JDK) && $(MVNW) -pl common,api-service -am test-compile \
	  org.pitest:pitest-maven:mutationCoverage@units org.pitest:pitest-maven:mutationCoverage@backends

.PHONY: lint
lint: ## Check format, compile with every check on, check the shell scripts
	@$(JDK) && $(MVNW) -q spotless:check test-compile
	@if command -v shellcheck >/dev/null; then shellcheck $(SCRIPTS); \
	  else echo "shellcheck is not installed: the scripts were not checked"; fi

SCRIPTS := scripts/* deploy/haproxy/drain deploy/healthcheck deploy/create-roles deploy/write-definitions .ci/run

SBOMS := api-service notification-worker audit-worker

.PHONY: sbom
sbom: build ## Copy the applications' bills of materials (CycloneDX), which are in their jars, to target/sbom
	@mkdir -p target/sbom
	@for module in $(SBOMS); do \
	  cp $$module/target/classes/META-INF/sbom/application.cdx.json target/sbom/$$module.cdx.json; done
	@ls target/sbom/*.cdx.json

.PHONY: dependency-check
dependency-check: sbom ## Fail if a library is below the minimum in deploy/dependencies; needs no network
	@scripts/dependency-check deploy/dependencies/minimum-versions target/sbom/*.cdx.json

.PHONY: format
format: ## Format the Java code
	@$(JDK) && $(MVNW) -q spotless:apply

.PHONY: doctor
doctor: ## Look for what keeps this from running here, and say what to do about it
	@scripts/doctor

##@ Operate
.PHONY: token
token: ## Print a token for AUTH_MODE=jwt; USER_ID=1 SCOPE="balance:read …" TTL=1h SUB=developer
	@USER_ID="$(USER_ID)" SCOPE="$(SCOPE)" TTL="$(TTL)" SUB="$(SUB)" scripts/token

.PHONY: reconcile
reconcile: ## Hold account, ledger, outbox, audit book and notifications against each other
	@scripts/operate audit-worker reconcile $${GRACE:+--grace "$$GRACE"}

.PHONY: audit-verify
audit-verify: ## Prove the audit book; CHECKPOINTS=FILE holds it against copies kept elsewhere
	@scripts/operate audit-worker verify $${GRACE:+--grace "$$GRACE"} \
	  $${CHECKPOINTS:+--checkpoints "$$CHECKPOINTS"} $${PUBLIC_KEY:+--public-key "$$PUBLIC_KEY"}

.PHONY: audit-export
audit-export: ## Write the audit book into one signed file: OUT=…; USER_ID=… for one user's statement
	@out=$${OUT:-audit-export.ndjson}; \
	scripts/operate audit-worker export --out - $${USER_ID:+--user "$$USER_ID"} >"$$out.half" \
	  && mv "$$out.half" "$$out" && echo "$$out" || { rm -f "$$out.half"; exit 2; }

.PHONY: audit-hold
audit-hold: ## Legal holds: HOLD=list, HOLD=add USER_ID=… (or ALL=yes) REASON=…, HOLD=release NUMBER=… REASON=…
	@scripts/operate audit-worker hold $${HOLD:-list} $${USER_ID:+--user "$$USER_ID"} $${ALL:+--all} \
	  $${NUMBER:+--number "$$NUMBER"} $${REASON:+--reason "$$REASON"} $${ACTOR:+--actor "$$ACTOR"} \
	  $${RELEASED:+--released}

.PHONY: parked-list
parked-list: ## Show the messages that the workers parked; WORKER=audit-worker for one alone
	@scripts/parked-list

.PHONY: parked-replay
parked-replay: ## Move parked messages back: WORKER=audit-worker and ID=… or ALL=yes
	@scripts/parked-replay

##@ Clean up
.PHONY: clean
clean: ## Remove containers, volumes, local data (.local) and build output; .env stays
	@if [ -f .env ] && docker version >/dev/null 2>&1; then \
	  docker compose --profile observability --profile scale down --volumes --remove-orphans; fi
	@rm -rf .local target */target
	@echo "Removed local data and build output."
