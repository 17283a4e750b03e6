# SPDX-License-Identifier: Apache-2.0
# One entry point for people and for CI; what is longer than a line or two is a script in bin/.

.DEFAULT_GOAL := help
.PHONY: help run up down status logs demo build test lint sim fuzz chaos soak chart k8s clean
.PHONY: publication say strategies kill-acd bench-calls bench-overload bench-media bench-wait bench-acd bench-ivr

help: ## what there is
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ready ## everything a newcomer needs: packages, build, the platform with the demo clinic
	@exec bin/panacall run

up: ready ## the same in the background
	@exec bin/panacall up

down: ## ends the platform
	@exec bin/panacall down

status: ## name, pid, ports and health of each process
	@exec bin/panacall status

logs: ## follows all logs
	@exec bin/panacall logs

demo: ## on a running platform: patients call, agents answer; each call as a ladder
	@exec bin/demo

build: ## builds what is stale
	@bin/build

test: ## lint, then all tests but soaks and benches
	@bin/packages test
	@exec bin/test

lint: ## formatting and contracts
	@bin/lint

sim: build ## simulations of all cores; SEED=n runs one seed, SEEDS=n as many, DAYS=30 a month of acd
	@bin/maven-brief test -Dtest='*Simulation' -pl $$(bin/modules-with '*Simulation.java') \
		$(if $(SEED),-Dsim.seed=$(SEED)) $(if $(SEEDS),-Dsim.seeds=$(SEEDS)) \
		$(if $(DAYS),-Dsim.days=$(DAYS))

chaos: ## kills each part of the platform under calls; FAULTS="media acd …"; see bin/chaos
	@bin/packages run
	@exec bin/chaos

kill-acd: ## kills acd's leader under 200 waiting calls and 100 talks; see bin/kill-acd
	@bin/packages run
	@exec bin/kill-acd

strategies: ## 200 calls by each strategy, and whether they went to whom it says; see bin/strategies
	@bin/packages run
	@exec bin/strategies

soak: ## whole journeys for an hour: MINUTES=60 RATE=20; what grows, what leaks; see bin/soak
	@bin/packages run
	@exec bin/soak

fuzz: build ## broken SIP, RTP and REST at a platform of its own; SEED=n COUNT=n
	@bin/packages run
	@SEED=$(SEED) COUNT=$(COUNT) bin/fuzz

bench-calls: ## whole journeys by rate, agents and waiting callers; see bin/bench-calls
	@bin/packages run
	@exec bin/bench-calls

bench-overload: ## a quarter above the peak and ten times of it; see bin/bench-overload
	@bin/packages run
	@exec bin/bench-overload

bench-media: ## the media service alone, beside a reflector in C; see bin/bench-media
	@exec bin/bench-media

bench-acd: ## decisions a second, memory, recovery, and rules of peers beside ours; see bin/bench-acd
	@exec bin/bench-acd

bench-ivr: ## callers in menus by SIP and RTP, then the core of ivr alone; see bin/bench-ivr
	@exec bin/bench-ivr

publication: ready ## a flow is published while CALLS=500 calls run through it
	@exec bin/maven-brief test -pl tests -Dtest=PublicationJourneyTest -Dpublication.calls=$(or $(CALLS),500)

say: build ## every number up to 9999 spoken in three languages, and listened to; about 3 minutes
	@exec bin/maven-brief test -pl services/ivr -Dtest=SpokenNumbersTest -Dsay.step=1

bench-wait: ## how true estimated waits are, beside other rules; see bin/bench-wait
	@exec bin/bench-wait

chart: ## renders and lints the Helm chart
	@bin/maven-brief test -pl charts

k8s: ## writes the rendered chart to k8s/
	@bin/maven -q test -pl charts -Dk8s.write=true

clean: ## removes what was built; data in .run/ stays
	@rm -rf node_modules tests/browser/node_modules $(addsuffix /target,$(shell sed -n 's|.*<module>\(.*\)</module>.*|\1|p' pom.xml))

.PHONY: ready
ready:
	@bin/packages run
	@bin/java-home >/dev/null
	@bin/build
