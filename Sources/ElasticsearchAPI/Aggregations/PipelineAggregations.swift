internal import JSON
internal import Query
internal import Scripts

extension AggregationDecoder {
    /// What pipelines have, before it is known what they are.
    private struct PipelineMembers {
        var paths: [(name: String, path: AggregationPath)] = []
        var gapPolicy = PipelineAggregation.GapPolicy.skip
        var format: String?
        var script: Field?
        var rest: [String: Field] = [:]
    }

    private static let members: [AggregationName: Set<String>] = [
        .extendedStatsBucket: ["sigma"], .percentilesBucket: ["percents", "keyed"], .derivative: ["unit"],
        .movingFn: ["window", "shift", "script"], .movingPercentiles: ["window", "shift"], .serialDiff: ["lag"], .normalize: ["method"],
        .bucketScript: ["script"], .bucketSelector: ["script"], .bucketSort: ["sort", "from", "size"],
    ]

    func pipeline(_ name: AggregationName, _ body: Body) throws(ParseError) -> PipelineAggregation {
        var members = PipelineMembers()
        for field in try body.members() {
            switch field.name {
            case "buckets_path" where name != .bucketSort: members.paths = try paths(field)
            case "gap_policy":
                let text = try field.string()
                guard let policy = PipelineAggregation.GapPolicy(rawValue: text.lowercased()) else {
                    throw ParseError(.parsing, "Invalid gap policy: [\(text)], accepted values: [insert_zeros, skip, keep_values]", at: field.path)
                }
                members.gapPolicy = policy
            case "format": members.format = try field.text()
            default:
                guard Self.members[name]?.contains(field.name) == true else {
                    throw body.unknown(field, ["buckets_path", "gap_policy", "format"] + (Self.members[name] ?? []).sorted())
                }
                members.rest[field.name] = field
            }
        }
        if name != .bucketSort, members.paths.isEmpty {
            throw ParseError(
                .parsing, "Missing required field [buckets_path] for \(name.rawValue) aggregation [\(body.aggregation)]", at: body.path)
        }
        if name == .movingFn || name == .cumulativeSum { members.gapPolicy = name == .movingFn ? members.gapPolicy : .skip }
        return PipelineAggregation(
            try kind(name, members, body), paths: members.paths, gapPolicy: members.gapPolicy, format: members.format)
    }

    private func kind(
        _ name: AggregationName, _ members: PipelineMembers, _ body: Body
    ) throws(ParseError) -> PipelineAggregation.Kind {
        switch name {
        case .avgBucket: return .buckets(.average)
        case .sumBucket: return .buckets(.sum)
        case .minBucket: return .buckets(.minimum)
        case .maxBucket: return .buckets(.maximum)
        case .statsBucket: return .buckets(.statistics)
        case .extendedStatsBucket:
            let sigma = try members.rest["sigma"]?.double() ?? 2
            guard sigma >= 0 else { throw .argument("sigma must be a non-negative double", at: body.path) }
            return .buckets(.extendedStatistics(sigma: sigma))
        case .percentilesBucket:
            let percents = try members.rest["percents"].map { field throws(ParseError) in try numbers(field) } ?? QuantilesAggregation.defaultPercents
            guard percents.allSatisfy({ (0...100).contains($0) }) else {
                throw .argument("percents must only contain non-null doubles from 0.0-100.0 inclusive", at: body.path)
            }
            return .buckets(.percentiles(percents.sorted(), isKeyed: try members.rest["keyed"]?.bool() ?? true))
        case .derivative: return .derivative(unit: try members.rest["unit"].map { field throws(ParseError) in try unit(field) })
        case .cumulativeSum: return .cumulativeSum
        case .cumulativeCardinality: return .cumulativeCardinality
        case .movingFn:
            guard let window = members.rest["window"], members.rest["script"] != nil else {
                throw ParseError(.content, "Required [window, script]", at: body.path)
            }
            return .movingFunction(try script(members, body, lists: ["values"]), window: try self.window(window), shift: try members.rest["shift"]?.int() ?? 0)
        case .movingPercentiles:
            guard let window = members.rest["window"] else { throw ParseError(.content, "Required [window]", at: body.path) }
            return .movingPercentiles(window: try self.window(window), shift: try members.rest["shift"]?.int() ?? 0)
        case .serialDiff:
            let lag = try members.rest["lag"]?.int() ?? 1
            guard lag > 0 else {
                throw .argument("Lag must be a positive, non-zero integer", at: body.path)
            }
            return .serialDifference(lag: lag)
        case .normalize:
            let method = try members.rest["method"]?.string() ?? ""
            guard let known = PipelineAggregation.Normalization(rawValue: method) else {
                throw .argument("invalid method [\(method)]", at: body.path)
            }
            return .normalize(known)
        case .bucketScript: return .bucketScript(try script(members, body))
        case .bucketSelector: return .bucketSelector(try script(members, body))
        default: return try bucketSort(members, body)
        }
    }

    private func window(_ field: Field) throws(ParseError) -> Int {
        let window = try field.int()
        guard window > 0 else { throw .argument("[window] must be a positive, non-zero integer.", at: field.path) }
        return window
    }

    private func unit(_ field: Field) throws(ParseError) -> DateInterval {
        if let interval = try? calendarInterval(field) { return interval }
        return try fixedInterval(field)
    }

    private func script(
        _ members: PipelineMembers, _ body: Body, lists: [String] = []
    ) throws(ParseError) -> ParameterScript {
        guard let field = members.rest["script"] else {
            throw ParseError(.parsing, "Missing required field [script] for \(body.name) aggregation [\(body.aggregation)]", at: body.path)
        }
        guard case .inline(let script) = try ScriptReference(field) else {
            throw .argument("stored scripts are not supported in [\(body.name)]", at: field.path)
        }
        do {
            return try ParameterScript(script, names: members.paths.map(\.name), lists: lists)
        } catch {
            let cause = error.cause
            throw ParseError(.other(cause.type, cause.extra), cause.reason ?? "", at: field.path)
        }
    }

    private func bucketSort(_ members: PipelineMembers, _ body: Body) throws(ParseError) -> PipelineAggregation.Kind {
        var orders: [BucketOrder] = []
        if let field = members.rest["sort"] {
            for node in field.oneOrMany() {
                if let name = node.element.string {
                    orders.append(BucketOrder(Self.orderKey(name), isAscending: true))
                    continue
                }
                for member in try node.members(of: .search) {
                    var direction = "asc"
                    if let text = member.element.string {
                        direction = text
                    } else {
                        for option in try member.value.members(of: .object("bucket_sort")) where option.name == "order" {
                            direction = try option.string()
                        }
                    }
                    orders.append(BucketOrder(Self.orderKey(member.name), isAscending: direction.lowercased() != "desc"))
                }
            }
        }
        let from = try members.rest["from"]?.int() ?? 0, size = try members.rest["size"]?.int()
        guard from >= 0 else { throw .argument("[from] must be a non-negative integer: [\(from)]", at: body.path) }
        if let size, size <= 0 { throw .argument("[size] must be a positive integer: [\(size)]", at: body.path) }
        guard !orders.isEmpty || from > 0 || size != nil else {
            throw ParseError(
                .other("action_request_validation_exception", [:]),
                "Validation Failed: 1: [\(body.aggregation)] is configured to perform nothing. Please set either of [sort, size, from] to use bucket_sort;",
                at: body.path)
        }
        return .bucketSort(orders, from: from, size: size)
    }

    private func paths(_ field: Field) throws(ParseError) -> [(name: String, path: AggregationPath)] {
        func path(_ text: String) throws(ParseError) -> AggregationPath {
            guard let path = AggregationPath(text) else { throw .argument("Invalid path element [\(text)] in path [\(text)]", at: field.path) }
            return path
        }
        if field.element.kind == .object {
            var paths: [(name: String, path: AggregationPath)] = []
            for member in try field.value.members(of: .object("buckets_path")) { paths.append((member.name, try path(try member.string()))) }
            return paths
        }
        var paths: [(name: String, path: AggregationPath)] = []
        for (index, text) in try field.strings().enumerated() { paths.append(("_value\(index)", try path(text))) }
        return paths
    }
}
