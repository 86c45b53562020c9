internal import JSON
internal import Query

extension AggregationDecoder {
    func tTest(_ body: Body) throws(ParseError) -> TTestAggregation {
        var first: TTestAggregation.Population?, second: TTestAggregation.Population?
        var test = TTestAggregation(first: .init(field: ""), second: .init(field: ""))
        for field in try body.members() {
            switch field.name {
            case "a": first = try population(field)
            case "b": second = try population(field)
            case "type":
                let name = try field.string()
                guard let kind = TTestAggregation.Kind(rawValue: name.lowercased()) else {
                    throw .argument("No enum constant org.elasticsearch.xpack.analytics.ttest.TTestType.\(name.uppercased())", at: field.path)
                }
                test.kind = kind
            case "tails":
                test.tails = try field.int()
                guard (1...2).contains(test.tails) else {
                    throw .argument("[tails] must be 1 or 2. Found [\(test.tails)] in [\(body.aggregation)]", at: field.path)
                }
            case "format": test.format = try field.text()
            case "value_type": _ = try field.text()
            default: throw body.unknown(field, ["a", "b", "type", "tails", "format"])
            }
        }
        guard let first else { throw .argument("[a] field must be set", at: body.path) }
        guard let second else { throw .argument("[b] field must be set", at: body.path) }
        (test.first, test.second) = (first, second)
        if test.kind == .paired, first.filter != nil || second.filter != nil {
            throw .argument("Paired t-test doesn't support filters", at: body.path)
        }
        return test
    }

    private func population(_ body: Field) throws(ParseError) -> TTestAggregation.Population {
        var name: String?, population = TTestAggregation.Population(field: "")
        for field in try body.value.members(of: .object("multi_values_source")) {
            switch field.name {
            case "field": name = try field.string()
            case "missing": population.missing = try field.queryValue()
            case "filter": population.filter = try queries.query(field.value)
            default: throw Parser.object("multi_values_source").unknown(field, known: ["field", "missing", "filter"])
            }
        }
        guard let name else { throw requiredField(body) }
        population.field = name
        return population
    }
}
