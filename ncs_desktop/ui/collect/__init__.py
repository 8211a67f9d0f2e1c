"""The page «Tổng hợp»: the officer takes in what was sent, judges, ranks and hands on."""
