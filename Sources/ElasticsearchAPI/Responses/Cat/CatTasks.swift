internal import Foundation
public import Indices

/// `_cat/tasks`.
public enum CatTasks {
    /// - Parameter now: milliseconds since 1970.
    public static func table(_ tasks: [NodeTask], node: NodeFacts, now: Int64) -> CatTable {
        let columns = [
            CatTable.Column("action", aliases: ["ac"], "task action"), .init("task_id", aliases: ["ti"], "unique task id"),
            .init("parent_task_id", aliases: ["pti"], "parent task id"), .init("type", aliases: ["ty"], "task type"),
            .init("start_time", aliases: ["start"], "start time in ms"),
            .init("timestamp", aliases: ["ts", "hms", "hhmmss"], "start time in HH:MM:SS"),
            .init("running_time_ns", aliases: ["time"], isShown: false, "running time ns"),
            .init("running_time", aliases: ["time"], "running time"), .init("node_id", aliases: ["ni"], isShown: false, "unique node id"),
            .init("ip", aliases: ["i"], "ip address"), .init("node", aliases: ["n"], "node name"),
        ]
        let rows = tasks.map { task -> [String?] in
            let start = Int64((task.start.timeIntervalSince1970 * 1000).rounded(.down))
            let seconds = (start / 1000 % 86_400 + 86_400) % 86_400
            let padded = { (value: Int64) in value < 10 ? "0\(value)" : "\(value)" }
            let running = max(0, now - start)
            return [
                task.action, task.id.description, "-", "transport", String(start),
                "\(padded(seconds / 3600)):\(padded(seconds / 60 % 60)):\(padded(seconds % 60))", String(running * 1_000_000),
                "\(running)ms", node.id, node.ip, node.name,
            ]
        }
        return CatTable(columns: columns, rows: rows)
    }
}
