import Testing

@testable import Mapping

struct IPAddressTests {
    @Test(arguments: [
        ("192.168.0.1", "192.168.0.1"), ("0.0.0.0", "0.0.0.0"), ("::1", "::1"), ("::", "::"), ("2001:db8::1", "2001:db8::1"),
        ("2001:0DB8:0000:0000:0000:0000:0000:0001", "2001:db8::1"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
        ("::ffff:10.0.0.1", "10.0.0.1"), ("64:ff9b::10.0.0.1", "64:ff9b::a00:1"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
        ("fe80::", "fe80::"), ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"), ("1:2:3:4:5:6:10.0.0.1", "1:2:3:4:5:6:a00:1"),
    ])
    func addressesAreRead(text: String, shown: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.description == shown)
        #expect(IPAddress(term: address.term) == address)
    }

    @Test(arguments: [
        "", "1.2.3", "1.2.3.4.5", "256.0.0.1", "01.2.3.4", "1.2.3.x", ":", ":::", "1::2::3", "12345::", "g::", "1:2:3:4:5:6:7", "+1::",
        "1:2:3:4:5:6:7:8:9", "1.2.3.4::", "10.0.0.1:80", "1:2:3:4:5:6:7::8:9",
    ])
    func othersAreNone(text: String) { #expect(IPAddress(text) == nil) }

    @Test func termsAreInTheOrderOfAddresses() throws {
        let texts = ["::", "::1", "1.2.3.4", "1.2.4.0", "255.255.255.255", "2001:db8::", "ffff::"]
        let terms = try texts.map { try #require(IPAddress($0)).term }
        #expect(terms == terms.sorted())
    }

    @Test func blocks() throws {
        let four = try #require(IPAddress.block("10.1.2.3/12"))
        #expect((four.first.description, four.last.description) == ("10.0.0.0", "10.15.255.255"))
        let six = try #require(IPAddress.block("2001:db8::1/33"))
        #expect((six.first.description, six.last.description) == ("2001:db8::", "2001:db8:7fff:ffff:ffff:ffff:ffff:ffff"))
        let one = try #require(IPAddress.block("::1/128"))
        #expect(one.first == one.last)
        for text in ["10.0.0.0", "10.0.0.0/33", "::/129", "::/-1", "x/8", "1.2.3.4/8/8"] { #expect(IPAddress.block(text) == nil, "\(text)") }
    }

    @Test func neighbours() throws {
        #expect(IPAddress("10.0.0.255")?.successor?.description == "10.0.1.0")
        #expect(IPAddress("10.0.1.0")?.predecessor?.description == "10.0.0.255")
        #expect(IPAddress.greatest.successor == nil && IPAddress.least.predecessor == nil)
    }
}
