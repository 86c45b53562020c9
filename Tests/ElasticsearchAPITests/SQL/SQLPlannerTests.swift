import JSON
import Mapping
import Query
import SQL
import Testing

@testable import ElasticsearchAPI

@Suite struct SQLPlannerTests {
    private static let properties = """
        {"properties":{"i":{"type":"integer"},"l":{"type":"long"},"f":{"type":"float"},"b":{"type":"boolean"},"k":{"type":"keyword"},
        "t":{"type":"text","fields":{"raw":{"type":"keyword"},"more":{"type":"text"}}},"bare":{"type":"text"},
        "two":{"type":"text","fields":{"a":{"type":"keyword"},"c":{"type":"keyword"}}},"d":{"type":"date"},"p":{"type":"geo_point"},
        "v":{"type":"dense_vector","dims":3},"o":{"properties":{"z":{"type":"long"},"a":{"type":"long"}}},"o-x":{"type":"long"},
        "n":{"type":"nested","properties":{"x":{"type":"long"}}},"same":{"type":"alias","path":"k"}}}
        """

    private func schema(_ mappings: String...) throws -> SQLSchema {
        var indices: [(name: String, mapping: Mapping)] = []
        for (number, text) in mappings.enumerated() {
            indices.append(("i\(number)", try Mapping(decoding: try JSONDocument(parsing: text).root)))
        }
        return SQLSchema(indices)
    }

    private func plan(_ text: String, zone: ZoneRule = .utc, filter: JSONValue? = nil, _ schema: SQLSchema? = nil) throws -> SQLPlan {
        guard case .select(let select) = try SQLParser.statement(text) else { throw SQLError.tooLong(limit: 0) }
        var planner = SQLPlanner(select, try schema ?? self.schema(Self.properties), zone: zone, filter: filter)
        return try planner.plan()
    }

    /// What follows the place, of each problem.
    private func problems(_ text: String, _ schema: SQLSchema? = nil) -> [String] {
        do {
            _ = try plan(text, schema)
            return []
        } catch {
            let reason = (error as? ElasticsearchError)?.cause.reason ?? "\(error)"
            return reason.split(separator: "\n").dropFirst().map { String($0.dropFirst("line ".count)) }
        }
    }

    private func query(_ condition: String, zone: ZoneRule = .utc) throws -> String {
        try plan("SELECT i FROM t WHERE \(condition)", zone: zone).translation(fetchSize: 10)?["query"]?.text ?? ""
    }

    // MARK: Columns

    @Test func starShowsWhatHasValuesOfItsOwn() throws {
        let plan = try plan("SELECT * FROM t")
        #expect(plan.columns.map(\.name) == ["b", "bare", "d", "f", "i", "k", "l", "o.a", "o.z", "o-x", "p", "same", "t", "two"])
        #expect(plan.columns.map(\.type).prefix(5) == [.boolean, .text, .datetime, .float, .integer])
        #expect(try self.plan("SELECT o.* FROM t").columns.map(\.name) == ["o.a", "o.z"])
        #expect(try self.plan("SELECT x.* FROM t x").columns.count == 14)
    }

    @Test func namesAndTypes() throws {
        let plan = try plan(
            "SELECT k, t.raw, x.i, i AS n, l m, SCORE(), 1, 2.5 AS h, 'a', NULL, TRUE, 3000000000 FROM t x")
        #expect(plan.columns.map(\.name) == ["k", "t.raw", "i", "n", "m", "SCORE()", "1", "h", "'a'", "NULL", "TRUE", "3000000000"])
        #expect(
            plan.columns.map(\.type) == [
                .keyword, .keyword, .integer, .integer, .long, .float, .integer, .double, .keyword, .null, .boolean, .long,
            ])
        let groups = try self.plan("SELECT COUNT(*), count( k ) c, SUM(i), SUM(f), AVG(i), MIN(d), MAX(f), COUNT(DISTINCT t) FROM t")
        #expect(groups.columns.map(\.name) == ["COUNT(*)", "c", "SUM(i)", "SUM(f)", "AVG(i)", "MIN(d)", "MAX(f)", "COUNT(DISTINCT t)"])
        #expect(groups.columns.map(\.type) == [.long, .long, .long, .double, .double, .datetime, .float, .long])
    }

    @Test func search() throws {
        let plan = try plan("SELECT k, d, SCORE() FROM t ORDER BY t DESC, i NULLS FIRST, SCORE() LIMIT 5", filter: ["match_all": [:]])
        #expect(
            plan.translation(fetchSize: 10)?.text
                == #"{"size":5,"query":{"bool":{"filter":[{"match_all":{}}]}},"_source":false,"fields":[{"field":"k"},{"field":"d","format":"strict_date_optional_time_nanos"}],"track_scores":true,"sort":[{"t.raw":{"order":"desc","missing":"_first","unmapped_type":"keyword"}},{"i":{"order":"asc","missing":"_first","unmapped_type":"integer"}},{"_score":{"order":"asc"}}],"track_total_hits":-1}"#)
        #expect(try self.plan("SELECT k FROM t").translation(fetchSize: 10)?["sort"]?.text == #"[{"_doc":{"order":"asc"}}]"#)
        #expect(try self.plan("SELECT 1").translation(fetchSize: 10) == nil)
    }

    // MARK: Conditions

    @Test(arguments: [
        ("k = 'a'", #"{"term":{"k":{"value":"a"}}}"#), ("t = 'a'", #"{"term":{"t.raw":{"value":"a"}}}"#),
        ("k <> 'a'", #"{"bool":{"must_not":[{"term":{"k":{"value":"a"}}}]}}"#), ("NOT k <> 'a'", #"{"term":{"k":{"value":"a"}}}"#),
        ("5 < i", #"{"range":{"i":{"gt":5}}}"#), ("NOT i < 5", #"{"range":{"i":{"gte":5}}}"#), ("i <= 5.5", #"{"range":{"i":{"lte":5.5}}}"#),
        ("i BETWEEN 1 AND 2", #"{"range":{"i":{"gte":1,"lte":2}}}"#),
        ("i NOT BETWEEN 1 AND 2", #"{"bool":{"must_not":[{"range":{"i":{"gte":1,"lte":2}}}]}}"#),
        ("k IN ('a', NULL, 'b')", #"{"terms":{"k":["a","b"]}}"#), ("k NOT IN ('a', NULL)", #"{"match_none":{}}"#),
        ("i = NULL", #"{"match_none":{}}"#), ("NOT i = NULL", #"{"match_none":{}}"#),
        ("k LIKE 'a%'", #"{"wildcard":{"k":{"wildcard":"a*"}}}"#), ("k LIKE 'a'", #"{"term":{"k":{"value":"a"}}}"#),
        ("t RLIKE 'a.*'", #"{"regexp":{"t.raw":{"value":"a.*"}}}"#), ("p IS NOT NULL", #"{"exists":{"field":"p"}}"#),
        ("t IS NULL", #"{"bool":{"must_not":[{"exists":{"field":"t"}}]}}"#), ("b", #"{"term":{"b":{"value":true}}}"#),
        ("NOT b AND i = 1", #"{"bool":{"must":[{"bool":{"must_not":[{"term":{"b":{"value":true}}}]}},{"term":{"i":{"value":1}}}]}}"#),
        ("NOT (i = 1 AND b)", #"{"bool":{"should":[{"bool":{"must_not":[{"term":{"i":{"value":1}}}]}},{"bool":{"must_not":[{"term":{"b":{"value":true}}}]}}]}}"#),
        ("1 = 1.0", #"{"match_all":{}}"#), ("'a' > 'b'", #"{"match_none":{}}"#), ("TRUE", #"{"match_all":{}}"#), ("NULL IS NULL", #"{"match_all":{}}"#),
        ("d = '2024-01-02'", #"{"range":{"d":{"gte":"2024-01-02T00:00:00.000Z","lte":"2024-01-02T00:00:00.000Z","format":"strict_date_optional_time_nanos"}}}"#),
        ("d < '2024-01-02 03:04:05+01:00'", #"{"range":{"d":{"lt":"2024-01-02T02:04:05.000Z","format":"strict_date_optional_time_nanos"}}}"#),
        ("MATCH(bare, 'a b', 'operator=AND;fuzziness=1')", #"{"match":{"bare":{"query":"a b","operator":"AND","fuzziness":"1"}}}"#),
        ("MATCH('bare^2, t', 'a')", #"{"multi_match":{"query":"a","fields":["bare^2","t"]}}"#),
        ("NOT QUERY('bare:a', 'default_operator=and')", #"{"bool":{"must_not":[{"query_string":{"query":"bare:a","default_operator":"and"}}]}}"#),
    ])
    func conditions(condition: String, query: String) throws {
        #expect(try self.query(condition) == query)
    }

    @Test func zonesOfDates() throws {
        let berlin = try #require(ZoneRule("Europe/Berlin"))
        #expect(try query("d > '2024-07-01'", zone: berlin).contains("2024-06-30T22:00:00.000Z"))
        #expect(try query("d > '2024-01-01T00:00:00Z'", zone: berlin).contains("2024-01-01T00:00:00.000Z"))
    }

    @Test func aliasesInConditions() throws {
        let plan = try plan("SELECT i AS size FROM t WHERE size > 3 ORDER BY size")
        #expect(plan.translation(fetchSize: 1)?["query"]?.text == #"{"range":{"i":{"gt":3}}}"#)
        #expect(plan.translation(fetchSize: 1)?["sort"]?.array?.first?["i"] != nil)
    }

    // MARK: Groups

    @Test func groups() throws {
        let plan = try plan(
            "SELECT k, SUM(i) s, COUNT(f), COUNT(DISTINCT t) FROM t GROUP BY b, k HAVING s > 5 AND NOT COUNT(*) = 2 ORDER BY k DESC, b LIMIT 7")
        #expect(
            plan.translation(fetchSize: 10)?.text
                == #"{"size":0,"_source":false,"aggregations":{"groupby":{"composite":{"size":7,"sources":[{"g1":{"terms":{"field":"k","missing_bucket":true,"order":"desc","missing_order":"first"}}},{"g0":{"terms":{"field":"b","missing_bucket":true,"order":"asc","missing_order":"last"}}}]},"aggregations":{"a0":{"stats":{"field":"i"}},"a1":{"filter":{"exists":{"field":"f"}}},"a2":{"cardinality":{"field":"t.raw"}},"having":{"bucket_selector":{"buckets_path":{"a0":"a0.sum","a1":"a0.count","a2":"_count"},"gap_policy":"skip","script":{"source":"((params.a1 > 0 && params.a0 > params.v0) && params.a2 != params.v1)","lang":"painless","params":{"v0":5,"v1":2}}}}}}},"track_total_hits":-1}"#)
        let all = try self.plan("SELECT MAX(i) FROM t").translation(fetchSize: 10)
        #expect(all?["aggregations"]?["groupby"]?["filters"]?.text == #"{"filters":[{"match_all":{}}],"other_bucket":false}"#)
    }

    @Test(arguments: [
        ("MAX(d) >= '2024-01-02'", "(params.a1 > 0 && params.a0 >= params.v0)"), ("SUM(i) IS NULL", "!(params.a1 > 0)"),
        ("COUNT(*) IS NOT NULL", "true"), ("NOT (COUNT(*) BETWEEN 1 AND 2)", "!(params.a0 >= params.v0 && params.a0 <= params.v1)"),
        ("COUNT(*) IN (1, NULL)", "(params.a0 == params.v0)"), ("COUNT(*) NOT IN (1, NULL)", "false"), ("COUNT(*) > NULL", "false"),
        ("3 > COUNT(*) OR AVG(i) > SUM(i)", "(params.v0 > params.a0 || (params.a2 > 0 && params.a2 > 0 && params.a1 > params.a3))"),
    ])
    func having(condition: String, script: String) throws {
        let body = try plan("SELECT k FROM t GROUP BY k HAVING \(condition)").translation(fetchSize: 10)
        let selector = body?["aggregations"]?["groupby"]?["aggregations"]?["having"]?["bucket_selector"]
        #expect(selector?["script"]?["source"]?.string == script)
    }

    // MARK: What is refused

    @Test(arguments: [
        ("SELECT xxx FROM t", ["1:8: Unknown column [xxx]"]), ("SELECT bar FROM t", ["1:8: Unknown column [bar], did you mean [bare]?"]),
        ("SELECT xxx.* FROM t", ["1:8: Unknown column [xxx]"]), ("SELECT k.* FROM t", ["1:8: Cannot determine columns for [k.*]"]),
        ("SELECT *", ["1:8: Cannot determine columns for [*]"]), ("SELECT xxx, b FROM t WHERE yyy = 1", ["1:8: Unknown column [xxx]"]),
        ("SELECT o FROM t", ["1:8: Cannot use field [o] type [object] only its subfields"]),
        ("SELECT v FROM t", ["1:8: Cannot use field [v] with unsupported type [dense_vector]"]),
        ("SELECT i FROM t WHERE v > 1", ["1:23: Cannot use field [v] with unsupported type [dense_vector]"]),
        ("SELECT n.x FROM t", ["1:8: Cannot use field [n.x] type [long]: nested fields are not supported"]),
        ("SELECT ZAZ(b) FROM t", ["1:8: Unknown function [ZAZ]"]),
        ("SELECT COONT(b) FROM t", ["1:8: Unknown function [COONT], did you mean [COUNT]?"]),
        ("SELECT DISTINCT k FROM t", ["1:8: SELECT DISTINCT is not yet supported"]),
        ("SELECT MATCH(bare, 'a') FROM t", ["1:8: Cannot use MATCH() or QUERY() full-text search functions in the SELECT clause"]),
        ("SELECT AVG(d) FROM t", ["1:8: argument of [AVG(d)] must be [numeric], found value [d] type [datetime]"]),
        ("SELECT k, l FROM t GROUP BY k", ["1:11: Cannot use non-grouped column [l], expected [k]"]),
        ("SELECT k, SCORE(), COUNT(*) FROM t GROUP BY k", ["1:11: Cannot use non-grouped column [SCORE()], expected [k]"]),
        ("SELECT COUNT(*) FROM t GROUP BY SCORE()", ["1:33: Cannot use [SCORE()] for grouping"]),
        ("SELECT k FROM t GROUP BY AVG(i)", ["1:26: Cannot use an aggregate [AVG] for grouping", "1:8: Cannot use non-grouped column [k], expected []"]),
        ("SELECT COUNT(*) FROM t GROUP BY bare", ["1:33: Field [bare] of data type [text] cannot be used for grouping; No keyword/multi-field defined exact matches for [bare]; define one or use MATCH/QUERY instead"]),
        ("SELECT b, MIN(i) FROM t GROUP BY 2", ["1:34: Ordinal [2] in [GROUP BY 2] refers to an invalid argument, aggregate function [MIN(i)]", "1:8: Cannot use non-grouped column [b], expected []"]),
        ("SELECT b FROM t GROUP BY 1 ORDER BY 1, 3", ["1:40: Invalid ordinal [3] specified in [ORDER BY 1, 3] (valid range is [1, 1])"]),
        ("SELECT MAX(i) FROM t GROUP BY k ORDER BY b", ["1:42: Cannot order by non-grouped column [b], expected [k]"]),
        ("SELECT k FROM t GROUP BY k ORDER BY SCORE()", ["1:37: Cannot order by non-grouped column [SCORE()], expected [k] or an aggregate function"]),
        ("SELECT k FROM t GROUP BY k HAVING k > 'a'", ["1:35: Cannot use HAVING filter on non-aggregate [k]; use WHERE instead"]),
        ("SELECT MAX(i) FROM t WHERE MAX(i) > 10", ["1:28: Cannot use WHERE filtering on aggregate function [MAX(i)], use HAVING instead"]),
        ("SELECT MAX(i) m FROM t GROUP BY k ORDER BY m LIMIT 120000", ["1:44: The maximum LIMIT for aggregate sorting is [65535], received [120000]"]),
        ("SELECT i FROM t ORDER BY bare", ["1:26: ORDER BY cannot be applied to field of data type [text]: No keyword/multi-field defined exact matches for [bare]; define one or use MATCH/QUERY instead"]),
        ("SELECT i FROM t ORDER BY p", ["1:26: ORDER BY cannot be applied to field of data type [geo_point]"]),
        ("SELECT i FROM t WHERE bare = 'v'", ["1:23: [bare = 'v'] cannot operate on first argument field of data type [text]: No keyword/multi-field defined exact matches for [bare]; define one or use MATCH/QUERY instead"]),
        ("SELECT i FROM t WHERE two = 'v'", ["1:23: [two = 'v'] cannot operate on first argument field of data type [text]: Multiple exact keyword candidates available for [two]; specify which one to use"]),
        ("SELECT i FROM t WHERE bare LIKE 'v'", ["1:23: [bare LIKE 'v'] cannot operate on field of data type [text]: No keyword/multi-field defined exact matches for [bare]; define one or use MATCH/QUERY instead"]),
        ("SELECT i FROM t WHERE i LIKE 'v'", ["1:23: argument of [i LIKE 'v'] must be [string], found value [i] type [integer]"]),
        ("SELECT i FROM t WHERE p = 'v'", ["1:23: [p = 'v'] cannot operate on first argument field of data type [geo_point]"]),
        ("SELECT i FROM t WHERE i = l", ["1:23: Comparisons against fields are not (currently) supported; offender [l] in [i = l]"]),
        ("SELECT i FROM t WHERE i", ["1:23: Condition expression must be boolean, found [INTEGER]"]),
        ("SELECT i FROM t WHERE d > 'soon'", ["1:27: cannot cast ['soon'] to [datetime]"]),
        ("SELECT i FROM t WHERE MATCH(bare, 'a', 'b')", ["1:23: Cannot parse option [b] in [MATCH(bare, 'a', 'b')]"]),
        ("SELECT 1 WHERE 1 = 1", ["1:16: [1 = 1] cannot be used without a table"]),
    ])
    func refused(text: String, reasons: [String]) {
        #expect(problems(text) == reasons)
    }

    @Test func problemsAreBounded() {
        let names = (0..<100).map { "x\($0)" }.joined(separator: ", ")
        #expect(problems("SELECT \(names) FROM t").count == 32)
    }

    @Test func fieldsOfSeveralIndices() throws {
        let schema = try schema(#"{"properties":{"a":{"type":"integer"},"b":{"type":"keyword"}}}"#, #"{"properties":{"a":{"type":"long"},"c":{"type":"date"}}}"#)
        #expect(try plan("SELECT * FROM t", schema).columns.map(\.name) == ["b", "c"])
        #expect(
            problems("SELECT a FROM t", schema) == [
                "1:8: Cannot use field [a] due to ambiguities being mapped as [2] incompatible types: [integer] in [i0], [long] in [i1]"
            ])
    }
}
