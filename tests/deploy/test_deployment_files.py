"""The files in deploy/ are what Kubernetes, compose and the proxies ask for, and keep the promises of the container."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from click.testing import CliRunner

from bot.channels.web.look import look
from bot.cli import main
from bot.operations.application import last_resort
from tests.packs import REPOSITORY
from tests.web_server import make_settings

DEPLOY = REPOSITORY / "deploy"
MANIFESTS = sorted(path for path in (DEPLOY / "kubernetes").rglob("*.yaml") if path.name != "kustomization.yaml")
OLDEST, NEWEST = "1.27", "1.37"


def documents(path: Path) -> list[dict[str, Any]]:
    return [one for one in yaml.safe_load_all(path.read_text(encoding="utf-8")) if one]


def by_kind(kind: str) -> dict[str, Any]:
    base = [path for path in MANIFESTS if path.parent.name != "metrics"]
    [found] = [one for path in base for one in documents(path) if one["kind"] == kind]
    return found


def pod() -> dict[str, Any]:
    spec: dict[str, Any] = by_kind("Deployment")["spec"]["template"]["spec"]
    return spec


def proxies() -> list[str]:
    return [(DEPLOY / "proxy" / name).read_text(encoding="utf-8") for name in ("Caddyfile", "nginx.conf")]


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_every_manifest_is_what_kubernetes_asks_for(path: Path, version: str) -> None:
    for one in documents(path):
        kubernetes_validate.validate(one, version, strict=True)


def test_a_misspelt_key_would_be_found() -> None:
    deployment = by_kind("Deployment")
    deployment["spec"]["template"]["spec"]["securityContext"]["runAsNonRooot"] = True
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(deployment, NEWEST, strict=True)


@pytest.mark.parametrize("folder", ["base", "example", "metrics"])
def test_every_file_of_a_kustomization_is_there_and_named(folder: str) -> None:
    home = DEPLOY / "kubernetes" / folder
    named = set(documents(home / "kustomization.yaml")[0]["resources"])
    assert all((home / name).exists() for name in named)
    assert {path.name for path in home.glob("*.yaml")} - {"kustomization.yaml"} <= named


def test_the_pod_may_do_as_little_as_can_be() -> None:
    spec = pod()
    [container] = spec["containers"]
    assert spec["automountServiceAccountToken"] is False
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["runAsUser"] >= 10_000
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "privileged": False,
        "capabilities": {"drop": ["ALL"]},
    }
    assert "memory" in container["resources"]["limits"]
    assert all("emptyDir" not in volume and "hostPath" not in volume for volume in spec["volumes"])


def test_a_roll_out_leaves_nobody_without_an_answer() -> None:
    deployment = by_kind("Deployment")["spec"]
    assert deployment["replicas"] >= 2
    assert deployment["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    [container] = pod()["containers"]
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert pod()["terminationGracePeriodSeconds"] > 5 + 5
    assert by_kind("PodDisruptionBudget")["spec"]["minAvailable"] == 1
    assert by_kind("HorizontalPodAutoscaler")["spec"]["minReplicas"] >= 2


def test_labels_find_each_other() -> None:
    labels = by_kind("Deployment")["spec"]["template"]["metadata"]["labels"].items()
    for selector in (
        by_kind("Deployment")["spec"]["selector"]["matchLabels"],
        by_kind("Service")["spec"]["selector"],
        by_kind("PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
        by_kind("NetworkPolicy")["spec"]["podSelector"]["matchLabels"],
    ):
        assert selector.items() <= labels


def test_no_secret_stands_in_any_file() -> None:
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            assert "kind: Secret" not in path.read_text(encoding="utf-8")


def test_compose_runs_the_bot_as_hardened_as_kubernetes() -> None:
    services: Mapping[str, Any] = documents(DEPLOY / "compose.yaml")[0]["services"]
    bot = services["bot"]
    assert bot["read_only"] is True
    assert bot["cap_drop"] == ["ALL"]
    assert bot["security_opt"] == ["no-new-privileges:true"]
    assert bot["user"].startswith("10001")
    assert bot["mem_limit"] == bot["memswap_limit"], "what is typed must not be swapped to a disk"
    assert bot["ulimits"]["core"] == 0
    assert "ports" not in bot, "only the proxy can be reached from outside"
    assert services["proxy"]["read_only"] is True


def test_every_file_that_compose_wants_is_there_or_made_by_the_page() -> None:
    page = (DEPLOY / "README.md").read_text(encoding="utf-8")
    [compose] = documents(DEPLOY / "compose.yaml")
    wanted = [secret["file"] for secret in compose["secrets"].values()]
    for volume in compose["services"]["proxy"]["volumes"]:
        source = volume["source"] if isinstance(volume, dict) else volume.split(":")[0]
        wanted += [source] if source.startswith("./") else []
    assert len(wanted) == 3
    for path in wanted:
        made = f"deploy/{path.removeprefix('./')}"
        assert (REPOSITORY / made).is_file() or f"install -m 600 /dev/null {made}" in page or f"-o {made}" in page


def test_figures_are_reached_from_the_monitoring_alone() -> None:
    [policy] = documents(DEPLOY / "kubernetes" / "metrics" / "network_policy.yaml")
    assert policy["spec"]["podSelector"] == by_kind("NetworkPolicy")["spec"]["podSelector"]
    [rule] = policy["spec"]["ingress"]
    assert rule["from"][0]["namespaceSelector"]["matchLabels"] == {"kubernetes.io/metadata.name": "monitoring"}
    assert "podSelector" in rule["from"][0]
    [component] = documents(DEPLOY / "kubernetes" / "metrics" / "kustomization.yaml")
    patches = {patch["target"]["kind"]: yaml.safe_load(patch["patch"]) for patch in component["patches"]}
    settings = {step["path"].rpartition("/")[2]: step["value"] for step in patches["ConfigMap"]}
    [port] = patches["Deployment"]
    assert port["path"] == "/spec/template/spec/containers/0/ports/-"
    assert [port["value"]["containerPort"]] == [one["port"] for one in rule["ports"]] == [int(settings["METRICS_PORT"])]
    assert 9464 not in [one["port"] for one in by_kind("NetworkPolicy")["spec"]["ingress"][0]["ports"]]


def test_compose_shows_figures_to_prometheus_alone_and_keeps_counts_in_a_folder_of_their_own() -> None:
    [overlay] = documents(DEPLOY / "compose.metrics.yaml")
    bot, prometheus = overlay["services"]["bot"], overlay["services"]["prometheus"]
    assert "ports" not in bot
    assert Path(bot["environment"]["IMPACT_FILE"]).parent.as_posix() in [one.split(":")[1] for one in bot["volumes"]]
    assert set(bot["networks"]) == {"default", "figures"}, "Caddy finds the bot in the first"
    assert set(prometheus["networks"]) == {"figures"}
    assert set(overlay["networks"]) == {"default", "figures"}, "podman-compose knows no network that is not declared"
    assert all(port.startswith("127.0.0.1:") for port in prometheus["ports"])
    assert (prometheus["read_only"], prometheus["cap_drop"]) == (True, ["ALL"])
    mounted = [volume.split(":")[0] for volume in prometheus["volumes"] if volume.startswith("./")]
    assert all((DEPLOY / path).is_file() for path in mounted)
    [scraped] = documents(DEPLOY / "prometheus" / "prometheus.yml")[0]["scrape_configs"]
    assert scraped["static_configs"] == [{"targets": [f"bot:{bot['environment']['METRICS_PORT']}"]}]


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed here")
@pytest.mark.parametrize("name", ["prometheus.yml", "kubernetes.yml"])
def test_prometheus_takes_its_files(tmp_path: Path, name: str) -> None:
    text = (DEPLOY / "prometheus" / name).read_text(encoding="utf-8")
    # Debian builds Prometheus without Kubernetes. Everything else in that file is held here, and its keys below.
    file = tmp_path / name
    file.write_text(re.sub(r"kubernetes_sd_configs: .*", "static_configs: [{targets: [x]}]", text), encoding="utf-8")
    shutil.copy(DEPLOY / "prometheus" / "rules.yml", tmp_path)
    done = subprocess.run(["promtool", "check", "config", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed here")
def test_each_alarm_goes_off_when_it_should_and_no_sooner() -> None:
    file = Path(__file__).parent / "alarms.yaml"
    done = subprocess.run(["promtool", "test", "rules", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    tested = file.read_text(encoding="utf-8")
    [rules] = documents(DEPLOY / "prometheus" / "rules.yml")[0]["groups"]
    for rule in rules["rules"]:
        assert f"alertname: {rule['alert']}\n        exp_alerts" in tested, "an alarm that is never seen to go off"
        assert f"alertname: {rule['alert']}}}" in tested, "an alarm that is never seen to stay silent"


def test_prometheus_in_kubernetes_looks_for_the_port_of_figures_in_the_namespace_that_we_name() -> None:
    [job] = documents(DEPLOY / "prometheus" / "kubernetes.yml")[0]["scrape_configs"]
    [where] = job["kubernetes_sd_configs"]
    assert where["role"] == "pod"
    [example] = documents(DEPLOY / "kubernetes" / "example" / "kustomization.yaml")
    assert where["namespaces"]["names"] == [example["namespace"]]
    [keep] = job["relabel_configs"]
    assert keep["source_labels"] == ["__meta_kubernetes_pod_container_port_name"]
    [component] = documents(DEPLOY / "kubernetes" / "metrics" / "kustomization.yaml")
    [port] = yaml.safe_load(component["patches"][1]["patch"])
    assert keep["regex"] == port["value"]["name"]


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not installed here")
@pytest.mark.parametrize("figures", [False, True], ids=["plain", "with figures"])
def test_what_kustomize_makes_of_it_is_what_kubernetes_asks_for(tmp_path: Path, figures: bool) -> None:
    shutil.copytree(DEPLOY / "kubernetes", tmp_path / "kubernetes")
    home = tmp_path / "kubernetes" / "example"
    if figures:
        with (home / "kustomization.yaml").open("a", encoding="utf-8") as file:
            file.write("components: [../metrics]\n")
    made = subprocess.run(["kubectl", "kustomize", str(home)], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    objects = [one for one in yaml.safe_load_all(made.stdout) if one]
    for version in (OLDEST, NEWEST):
        for one in objects:
            kubernetes_validate.validate(one, version, strict=True)
    assert {one["metadata"].get("namespace") for one in objects} == {"waypost"}
    [deployment] = [one for one in objects if one["kind"] == "Deployment"]
    [container] = deployment["spec"]["template"]["spec"]["containers"]
    assert container["image"] == "registry.your-charity.example/waypost:1"
    assert ("metrics" in [port["name"] for port in container["ports"]]) is figures
    [settings] = [one["data"] for one in objects if one["kind"] == "ConfigMap"]
    assert ("METRICS_PORT" in settings) is figures
    assert len([one for one in objects if one["kind"] == "NetworkPolicy"]) == 1 + figures


def test_compose_takes_every_setting_from_the_file_that_its_page_names() -> None:
    [compose] = documents(DEPLOY / "compose.yaml")
    bot, proxy = compose["services"]["bot"], compose["services"]["proxy"]
    assert bot["env_file"] == [{"path": ".env", "required": False}]
    assert "deploy/.env" in (DEPLOY / "README.md").read_text(encoding="utf-8")
    assert set(bot["environment"]) == {"HOST", "PORT", "LOG_FORMAT"}, "what stands here cannot be set in that file"
    assert f"{{$UPSTREAM:bot:{bot['environment']['PORT']}}}" in proxies()[0]
    assert proxy["environment"]["SITE"].startswith("${SITE:?Write SITE=")
    ignored = (REPOSITORY / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {".env", "deploy/secrets/", "deploy/counts/", "deploy/packs/"} <= set(ignored)


@pytest.mark.parametrize("text", proxies(), ids=["caddy", "nginx"])
def test_no_proxy_hands_an_address_on_or_shows_what_is_watched(text: str) -> None:
    for header in ("X-Forwarded-For", "X-Real-IP", "Forwarded", "User-Agent", "Referer"):
        assert f"-{header}" in text or f'proxy_set_header {header} "";' in text
    assert "healthz" in text
    assert "readyz" in text


def test_no_proxy_writes_a_log() -> None:
    caddy, nginx = proxies()
    assert "access_log off;" in nginx
    assert "error_log /dev/null crit;" in nginx
    assert "proxy_max_temp_file_size 0;" in nginx
    assert "level FATAL" in caddy


def test_the_page_for_when_the_bot_is_down_is_the_one_that_the_bot_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("EMERGENCY_NUMBERS", "EXIT_URL", "PAGE_TITLE", "PAGE_ICON", "BRAND_COLOUR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)  # where there is no .env
    made = CliRunner().invoke(main, ["emergency-page", "--output", "page.html"])
    assert made.exit_code == 0, made.output
    kept = DEPLOY / "proxy" / "emergency.html"
    assert Path("page.html").read_bytes() == kept.read_bytes(), (
        "make it anew: .venv/bin/python -m bot emergency-page --output deploy/proxy/emergency.html"
    )
    settings = make_settings()
    assert kept.read_bytes() == last_resort(settings, look(settings)), "and that is what /card serves"


def test_every_file_that_compose_puts_into_a_container_is_there() -> None:
    services: Mapping[str, Any] = documents(DEPLOY / "compose.yaml")[0]["services"]
    volumes = [volume for service in services.values() for volume in service.get("volumes", ())]
    mounted = [one["source"] if isinstance(one, dict) else one.split(":")[0] for one in volumes]
    files = [path for path in mounted if path.startswith("./proxy/")]
    assert len(files) == 2
    assert all((DEPLOY / path).is_file() for path in files), files


def test_nginx_takes_its_file(tmp_path: Path) -> None:
    if shutil.which("nginx") is None or shutil.which("openssl") is None:
        pytest.skip("nginx or openssl is not installed here")
    text = (DEPLOY / "proxy" / "nginx.conf").read_text(encoding="utf-8")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=chat.example.org"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    file = tmp_path / "nginx.conf"
    file.write_text(
        text.replace("/tmp/", f"{tmp_path}/")  # noqa: S108 (it stands in the file)
        .replace("/etc/nginx/certificate.pem", str(certificate))
        .replace("/etc/nginx/certificate.key", str(key))
        .replace("bot:8080", "127.0.0.1:8080"),
        encoding="utf-8",
    )
    done = subprocess.run(["nginx", "-t", "-c", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
