import { Report, ReportAnswer } from "@muster/shared/contracts/report.ts";
import { AGENT_PATHS, MAX_REPORT_BYTES, RESENT_AT_HEADER } from "@muster/shared/protocol/agent-protocol.ts";
import { type Route, route } from "../../platform/http/route.ts";
import type { Ingest } from "./ingest.service.ts";
import { readReport } from "./read-report.ts";

/** Enough for 500 samples with all metrics, labelled series and eight that this server does not know, and the largest inventory. */
const MAX_REPORT_FIELDS = 16_000;

export function createReportRoutes({ ingest }: { ingest: Ingest }): Route[] {
  return [
    route(
      {
        method: "post",
        path: AGENT_PATHS.report,
        operationId: "sendReport",
        summary: "Report metrics, inventory and last word of this device",
        group: "Agent",
        access: { by: "device" },
        body: Report,
        readBody: readReport,
        maxBodyBytes: MAX_REPORT_BYTES,
        maxBodyFields: MAX_REPORT_FIELDS,
        acceptsCompressed: true,
        isHotPath: true,
        answer: ReportAnswer,
        status: 200,
        errors: ["conflict", "behind", "unavailable"],
      },
      (request) => {
        const { caller, body, address } = request;
        const { report, digest, ignored } = body;
        const resent = resentAt(request.header(RESENT_AT_HEADER));
        const take = () => ingest.take(caller, { report, digest, ignored, address, resentAt: resent });
        // Only the check of a signature reads the database.
        return report.epochChange ? request.measured(take) : take();
      },
    ),
  ];
}

function resentAt(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : null;
}
