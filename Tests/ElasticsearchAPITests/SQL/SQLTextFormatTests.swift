import JSON
import Testing

@testable import ElasticsearchAPI

@Suite struct SQLTextFormatTests {
    private var answer: SQLAnswer {
        let plan = SQLPlan(columns: [.init(name: "name", type: .keyword), .init(name: "number", type: .long)], source: .rows([]))
        return SQLAnswer(plan, [["first", 1], ["second\t", 2.5], ["\"third,\"", nil], ["a\nb", true]], cursor: nil)
    }

    private var rest: SQLAnswer { SQLAnswer(nil, [["x", 1]], cursor: nil) }

    @Test func table() {
        #expect(
            SQLTextFormat.table.text(answer).split(separator: "\n").prefix(3).joined(separator: "\n")
                == "     name      |    number     \n---------------+---------------\nfirst          |1              ")
        #expect(SQLTextFormat.table.text(answer).contains("|null "))
        #expect(SQLTextFormat.table.text(rest) == "x              |1              \n")
    }

    @Test func commas() {
        #expect(
            SQLTextFormat.commas(delimiter: ",", hasHeader: true).text(answer)
                == "name,number\r\nfirst,1\r\nsecond\t,2.5\r\n\"\"\"third,\"\"\",\r\n\"a\nb\",true\r\n")
        #expect(SQLTextFormat.commas(delimiter: ";", hasHeader: false).text(rest) == "x;1\r\n")
    }

    @Test func tabs() {
        #expect(SQLTextFormat.tabs.text(answer) == "name\tnumber\nfirst\t1\nsecond\\t\t2.5\n\"third,\"\t\na\\nb\ttrue\n")
    }

    @Test func wanted() throws {
        func wanted(_ parameters: [String: String], _ accept: String? = nil) throws(ElasticsearchError) -> SQLTextFormat? {
            try SQLTextFormat.wanted(QueryParameters(parameters), accept: accept)
        }
        #expect(try wanted([:]) == nil && wanted(["format": "yaml"], "text/csv") == nil && wanted([:], "*/*") == nil)
        #expect(try wanted(["format": "txt"]) == .table && wanted([:], "text/plain") == .table)
        #expect(try wanted([:], "text/csv; header=absent") == .commas(delimiter: ",", hasHeader: false))
        #expect(try wanted(["format": "csv", "delimiter": ";"]) == .commas(delimiter: ";", hasHeader: true))
        #expect(try wanted([:], "text/tab-separated-values") == .tabs)
        #expect(failure { () throws(ElasticsearchError) in try wanted(["format": "smile"]) } != nil)
        for delimiter in ["", "ab", "\"", "\n"] {
            #expect(failure { () throws(ElasticsearchError) in try wanted(["format": "csv", "delimiter": delimiter]) } != nil)
        }
    }

    @Test func columns() {
        #expect(
            answer.json(isColumnar: true).text
                == #"{"columns":[{"name":"name","type":"keyword"},{"name":"number","type":"long"}],"values":[["first","second\t","\"third,\"","a\nb"],[1,2.5,null,true]]}"#)
        #expect(SQLAnswer(nil, [], cursor: "c").json(isColumnar: false).text == #"{"rows":[],"cursor":"c"}"#)
    }
}
