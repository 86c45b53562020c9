internal import Indices
public import JSON

/// What `human` adds to answers: beside each size, time and date in numbers the same as a text.
///
/// Reference: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/common-options
public enum HumanReadable {
    /// The same answer with texts; answers that hold clients' own documents stay as they are.
    ///
    /// - Complexity: O(members).
    public static func adding(to answer: JSONValue, of endpoint: Endpoint) -> JSONValue {
        switch endpoint {
        case .indicesGet, .indicesGetSettings, .clusterState: return settings(answer)
        case .indicesStats, .indicesSegments, .indicesRecovery, .nodesStats, .nodesInfo, .clusterStats, .clusterHealth, .tasksGet,
            .tasksList, .tasksCancel, .mlGetTrainedModelsStats, .indicesDataStreamsStats, .indicesShardStores:
            return measures(answer)
        default: return answer
        }
    }

    // MARK: Measures

    private static func measures(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members):
            var found = JSONMembers()
            for (key, member) in members.map({ ($0.key, $0.value) }) {
                if let (name, text) = twin(of: key, member), members[name] == nil { found[name] = .string(text) }
                if key == "active_shards_percent_as_number", case .double(let percent) = member {
                    found["active_shards_percent"] = .string("\(percent)%")
                }
                found[key] = measures(member)
            }
            return .object(found)
        case .array(let values): return .array(values.map(measures))
        case .null, .bool, .int, .unsigned, .double, .float, .floats, .string, .raw: return value
        }
    }

    /// The name and the text that stand beside a number.
    private static func twin(of key: String, _ value: JSONValue) -> (name: String, text: String)? {
        guard case .int(let number) = value else { return nil }
        if let name = key.without("_in_bytes") { return (name, ByteSize(max(0, number)).human) }
        if let name = key.without("_in_nanos") { return (name, TimeText.text(nanoseconds: number)) }
        if key == "task_max_waiting_in_queue_millis" { return ("task_max_waiting_in_queue", TimeText.text(milliseconds: number)) }
        if let name = key.without("_in_millis") {
            // Moments are called by what happens at them.
            let isMoment = ["start_time", "stop_time", "timestamp", "start_date", "issue_date", "expiration_time"].contains(name)
            return (name, isMoment ? date(number) : TimeText.text(milliseconds: number))
        }
        return nil
    }

    private static func date(_ milliseconds: Int) -> String { DateText.text(milliseconds) }

    // MARK: Settings

    private static func settings(_ value: JSONValue) -> JSONValue {
        guard case .object(let members) = value else { return value }
        var found = JSONMembers()
        for member in members {
            found[member.key] = member.key == "settings" ? index(member.value) : settings(member.value)
        }
        return .object(found)
    }

    private static func index(_ settings: JSONValue) -> JSONValue {
        guard case .object(var members) = settings else { return settings }
        if case .object(var index)? = members["index"] {
            index["creation_date_string"] = creation(index["creation_date"])
            if case .object(var version)? = index["version"], version["created"] != nil {
                version["created_string"] = .string(VersionInfo.elasticsearch)
                index["version"] = .object(version)
            }
            members["index"] = .object(index)
        } else if members["index.creation_date"] != nil {
            members["index.creation_date_string"] = creation(members["index.creation_date"])
            members["index.version.created_string"] = .string(VersionInfo.elasticsearch)
        }
        return .object(members)
    }

    private static func creation(_ value: JSONValue?) -> JSONValue? {
        (value?.string).flatMap { Int($0) }.map { .string(date($0)) }
    }
}

extension String {
    fileprivate func without(_ suffix: String) -> String? { hasSuffix(suffix) ? String(dropLast(suffix.count)) : nil }
}
