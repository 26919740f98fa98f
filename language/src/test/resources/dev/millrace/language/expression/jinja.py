"""Evaluates expressions with the real Jinja2, one per line of JSON, with exact decimals for numbers.

In: {"data": {...}} first, then one text per line. Out: per line {"value": ...} or {"error": "..."}.
Numbers are told as {"number": "1.5"}.
"""
import decimal
import json
import math
import sys
from fractions import Fraction

import jinja2
import jinja2.filters
import jinja2.lexer
from jinja2 import nodes
from jinja2.environment import TemplateExpression
from jinja2.parser import Parser
from jinja2.visitor import NodeTransformer

decimal.getcontext().prec = 34
decimal.getcontext().rounding = decimal.ROUND_HALF_EVEN


class D(decimal.Decimal):
    """A decimal that floors as Python's whole numbers do, has no -0, and is written without exponent."""

    def __index__(self):
        if self != self.to_integral_value():
            raise TypeError("not whole")
        return int(self)

    def __str__(self):
        return format(self, "f")

    def __floordiv__(self, other):
        return wrap(D(math.floor(Fraction(self) / Fraction(other))))

    def __mod__(self, other):
        return wrap(self - other * (self // other))

    def __pow__(self, other):
        if self == 0 and other < 0:
            raise ZeroDivisionError
        return D(1) if other == 0 else wrap(decimal.Decimal.__pow__(self, other))

    def __round__(self, digits=0):
        return wrap(decimal.Decimal.__round__(self, int(digits)))


def wrap(value):
    if isinstance(value, decimal.Decimal):
        return D(value.copy_abs() if value == 0 else value)
    return value


def delegate(name):
    operation = getattr(decimal.Decimal, name)
    return lambda *operands: wrap(operation(*operands))


for name in "add radd sub rsub mul rmul truediv rtruediv neg pos abs rpow".split():
    setattr(D, f"__{name}__", delegate(f"__{name}__"))

jinja2.lexer.literal_eval = lambda text: D(text) if text[0] not in "'\"" else eval(text)


class Numbers(NodeTransformer):
    def __init__(self):
        self.values = {}

    def visit_Tuple(self, node):
        # JSON has no tuples.
        return nodes.List([self.visit(item) for item in node.items], lineno=node.lineno)

    def visit_Const(self, node):
        if isinstance(node.value, (int, float, decimal.Decimal)) and not isinstance(node.value, bool):
            name = f"n_{len(self.values)}"
            self.values[name] = D(node.value)
            return nodes.Name(name, "load", lineno=node.lineno)
        return node


def whole(filter):
    return lambda *args, **named: wrap(D(filter(*args, **named)))


def decimal_of(value, default=D("0.0")):
    if isinstance(value, jinja2.Undefined):
        str(value)
    try:
        return D(value)
    except (ArithmeticError, TypeError, ValueError):
        return default


@jinja2.pass_environment
def exact_sum(environment, items, attribute=None, start=D(0)):
    return jinja2.filters.do_sum(environment, items, attribute, start)


env = jinja2.Environment(undefined=jinja2.StrictUndefined)
for name in "length count int".split():
    env.filters[name] = whole(env.filters[name])
env.filters["float"] = decimal_of
env.filters["sum"] = exact_sum


def evaluate(source, data):
    parser = Parser(env, source, state="variable")
    tree = parser.parse_expression()
    if not parser.stream.eos:
        raise jinja2.TemplateSyntaxError("chunk after expression", 1)
    numbers = Numbers()
    tree = numbers.visit(tree)
    tree.set_environment(env)
    body = [nodes.Assign(nodes.Name("result", "store"), tree, lineno=1)]
    template = env.from_string(nodes.Template(body, lineno=1))
    return TemplateExpression(template, False)(**data, **numbers.values)


def told(value):
    if isinstance(value, jinja2.Undefined):
        raise jinja2.UndefinedError("result")
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, float, decimal.Decimal)):
        return {"number": format(D(value).normalize(), "f")}
    if isinstance(value, dict):
        return {key: told(each) for key, each in value.items()}
    return [told(each) for each in value]


data = json.loads(sys.stdin.readline(), parse_float=D, parse_int=D)
for line in sys.stdin:
    try:
        answer = {"value": told(evaluate(json.loads(line), data))}
    except Exception as failure:
        answer = {"error": f"{type(failure).__name__}: {failure}"}
    print(json.dumps(answer))
