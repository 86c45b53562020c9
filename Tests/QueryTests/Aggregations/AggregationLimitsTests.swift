import Foundation
import Testing

@testable import Mapping
@testable import Query

/// Numbers from outside that computing must not trip over.
@Suite struct AggregationLimitsTests {
    @Test func offsetsBeyondTime() {
        for offset in [Int64.min, .max] {
            let rounding = DateRounding(interval: .milliseconds(8_640_000_000_000), offset: offset)
            for moment in [0, Int64.min, .max, 1_700_000_000_000] {
                #expect(rounding.start(of: moment) == moment || rounding.start(of: moment) <= moment)
                _ = rounding.next(after: moment)
            }
        }
    }

    @Test func quantilesOfNoFraction() {
        var sketch = QuantileSketch()
        sketch.add(1)
        sketch.add(2)
        for fraction in [Double.nan, .infinity, -1, 2, 1e300] { #expect(sketch.reader.quantile(fraction) == nil) }
        #expect(sketch.reader.quantile(1) == 2)
    }

    @Test func formatsOfTheGreatest() throws {
        let format = try #require(DecimalFormat("0E0%"))
        #expect(format.string(.greatestFiniteMagnitude).contains("E"))
    }
}
