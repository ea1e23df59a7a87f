"""`motcua`: one command line for everything. Each subcommand is a module, read when needed."""

from importlib import import_module
from importlib.metadata import version

import click

from cli.failures import telling_people

COMMANDS = {
    "demo": ("cli.demo.command:demo", "Xã mẫu với hồ sơ của cả năm (a filled example office)"),
    "serve": ("cli.serve:serve", "Chạy máy chủ REST (serve the API)"),
    "scheduler": ("cli.scheduler:scheduler", "Chạy bộ hẹn giờ (fire timers)"),
    "dispatch": ("cli.dispatch:dispatch", "Gửi thư đang chờ (send what waits in the outbox)"),
    "scans": ("cli.scans:scans", "Tạo PDF/A từ bản quét (make documents from scans)"),
    "messages": ("cli.messages:messages", "Thư gửi cán bộ (messages and dead letters)"),
    "alerts": ("cli.alerts:alerts", "Cảnh báo đến một người (alerts of one person)"),
    "forecast": ("cli.forecast:forecast", "Hồ sơ có nguy cơ trễ (likely to be late)"),
    "timers": ("cli.timers:timers", "Hẹn giờ hỏng: xem và chạy lại (timers that failed)"),
    "migrate": ("cli.migrate:migrate", "Nâng cấp cơ sở dữ liệu (bring the schema up to date)"),
    "agencies": ("cli.agencies:agencies", "Cơ quan và đơn vị (agencies and units)"),
    "users": ("cli.users:users", "Người dùng và vai trò (people and roles)"),
    "token": ("cli.token:token", "Tạo khóa API (make an API token)"),
    "lint": ("cli.lint:lint", "Kiểm tra bản vẽ quy trình (check diagrams)"),
    "adopt": ("cli.adopt:adopt", "Lấy bản vẽ của công cụ khác (take a diagram of another tool)"),
    "deploy": ("cli.deploy:deploy", "Đưa quy trình vào sử dụng (put procedures in force)"),
    "migrate-dossiers": (
        "cli.migrate_dossiers:migrate_dossiers",
        "Chuyển hồ sơ sang phiên bản mới (take running dossiers to another version)",
    ),
    "import-procedures": (
        "cli.import_procedures:import_procedures",
        "Nhập danh mục thủ tục (import the catalogue)",
    ),
    "try-procedures": (
        "cli.trial.command:try_procedures",
        "Chạy thử danh mục thủ tục (prove that procedures run)",
    ),
    "rulebook": ("cli.rulebook:rulebook", "Bộ quy tắc về thời hạn (what is laid down about time)"),
    "outages": ("cli.outages:outages", "Sổ gián đoạn hệ thống (register of outages)"),
    "supervise": ("cli.supervise:supervise", "Hồ sơ theo nhóm thời hạn (groups of dossiers)"),
    "report": ("cli.report:report", "Báo cáo định kỳ theo biểu (periodic reports)"),
    "sent-reports": ("cli.sent_reports:sent_reports", "Báo cáo đã gửi (reports sent)"),
    "vault": ("cli.vault:vault", "Kho giấy tờ: nhập kết quả cũ (take in results of before)"),
    "verify": ("cli.verify:verify", "Chứng minh hồ sơ nguyên vẹn (prove dossiers unaltered)"),
    "retention": ("cli.retention:retention", "Thời hạn lưu, che dữ liệu cá nhân (retention)"),
    "evidence": ("cli.evidence:evidence", "Gói chứng cứ của một hồ sơ (evidence bundle)"),
    "anchor": ("cli.anchor:anchor", "Mốc neo của mọi sổ (anchors over all logs)"),
    "replay": ("cli.replay:replay", "Chạy lại một hồ sơ từng bước (re-execute a dossier)"),
    "event-log": ("cli.event_log:event_log_", "Nhật ký XES, OCEL (logs for process mining)"),
    "due": ("cli.due:due", "Tính và giải thích hạn trả (explain a due date)"),
    "calendar": ("cli.calendar:calendar", "Ngày nghỉ, giờ làm việc (days off and hours)"),
    "portal": ("cli.portal:portal", "Đồng bộ với Cổng quốc gia (the national portal)"),
    "statement": ("cli.statement:statement", "Nhận sao kê, đối soát (take statements in)"),
    "simulate": (
        "cli.simulators.command:simulate",
        "Hệ thống bên ngoài mô phỏng (stand-ins for systems of others)",
    ),
    "bench": ("cli.bench.command:bench", "Đo chi phí so với mức sàn (costs against floors)"),
}
"""Name → module:attribute and what it is for; importing them all would take seconds."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, what) for name, (_, what) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        with telling_people():
            return super().invoke(ctx)


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("motcua"), prog_name="motcua")
def main() -> None:
    """Một Cửa: giải quyết hồ sơ theo cơ chế một cửa (one-stop administrative dossiers).

    Cài đặt đọc từ các biến môi trường MOTCUA_*, ví dụ MOTCUA_DATABASE_URL (settings come from
    MOTCUA_* environment variables).
    """
