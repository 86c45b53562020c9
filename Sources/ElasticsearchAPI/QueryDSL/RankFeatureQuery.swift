internal import JSON
internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case field
        case saturation, log, sigmoid, linear
        case boost
        case name = "_name"
    }

    private enum FunctionKey: String, BodyKey {
        case pivot
        case exponent
        case scalingFactor = "scaling_factor"
    }

    /// `{"field": …}` with at most one function.
    func rankFeature(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var path: String?
        var functions: [RankFeatureQuery.Function] = []
        for (key, field) in try body.fields(Key.self, of: .object("feature")) {
            switch key {
            case .field: path = try field.string()
            case .saturation, .log, .sigmoid, .linear:
                functions.append(try field.wrapping { () throws(ParseError) in try function(key.rawValue, field) })
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let path else { throw .argument("Required [field]", at: body.path) }
        guard functions.count <= 1 else {
            throw .argument("Can only specify one of [log], [saturation], [sigmoid] and [linear]", at: body.path)
        }
        return options.query(.feature(.rank(RankFeatureQuery(field: path, function: functions.first ?? .saturation(pivot: nil)))))
    }

    private func function(_ name: String, _ field: Field) throws(ParseError) -> RankFeatureQuery.Function {
        var pivot: Float?, exponent: Float?, factor: Float?
        for (key, member) in try field.value.fields(FunctionKey.self, of: .object(name)) {
            switch (key, name) {
            case (.pivot, "saturation"), (.pivot, "sigmoid"): pivot = try member.float()
            case (.exponent, "sigmoid"): exponent = try member.float()
            case (.scalingFactor, "log"): factor = try member.float()
            default: throw Parser.object(name).unknown(member, known: [])
            }
        }
        switch name {
        case "log":
            guard let factor else { throw .argument("Required [scaling_factor]", at: field.path) }
            guard factor >= 1 else { throw .argument("scalingFactor must be >= 1, got: \(factor)", at: field.path) }
            return .log(factor: factor)
        case "sigmoid":
            guard let pivot, let exponent else {
                throw .argument("Required [\(pivot == nil ? "pivot" : "exponent")]", at: field.path)
            }
            guard pivot > 0 else { throw .argument("pivot must be > 0, got: \(pivot)", at: field.path) }
            guard exponent > 0 else { throw .argument("exp must be > 0, got: \(exponent)", at: field.path) }
            return .sigmoid(pivot: pivot, exponent: exponent)
        case "saturation":
            if let pivot, pivot <= 0 { throw .argument("pivot must be > 0, got: \(pivot)", at: field.path) }
            return .saturation(pivot: pivot)
        default: return .linear
        }
    }
}
