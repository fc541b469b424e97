#!/usr/bin/env python3
"""Reference values for Training.Tests, by SciPy, scikit-learn and statsmodels (Debian: python3-scipy python3-sklearn python3-statsmodels).

python3 reference.py FOLDER_OF_CSVS > reference.json
"""
import json
import sys

import numpy as np
import pandas as pd
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import stats
from sklearn import metrics
import sklearn

folder = sys.argv[1]
mortgage = pd.read_csv(f"{folder}/hmda.csv")
earnings = pd.read_csv(f"{folder}/cps-1992-2004.csv")


def minstd(seed, count):
    values, x = [], seed
    for _ in range(count):
        x = x * 48271 % 2147483647
        values.append(x / 2147483647)
    return np.array(values)


def fitted(result, names, extra):
    return {"terms": names, "estimates": list(result.params), "errors": list(result.bse),
            "statistics": list(result.tvalues), "p": list(result.pvalues), **extra}


def linear():
    y = np.log(earnings.earnings)
    x = pd.DataFrame({"year = 2004": (earnings.year == 2004).astype(float), "degree = highschool": (earnings.degree == "highschool").astype(float),
                      "gender = male": (earnings.gender == "male").astype(float), "age": earnings.age.astype(float)})
    result = sm.OLS(y, sm.add_constant(x)).fit()
    interval = result.conf_int()
    return fitted(result, ["(intercept)", *x.columns], {
        "low": list(interval[0]), "high": list(interval[1]), "r2": result.rsquared, "adjusted_r2": result.rsquared_adj, "aic": result.aic, "bic": result.bic,
        "log_likelihood": result.llf, "f_statistic": result.fvalue, "f_p_value": result.f_pvalue, "residual_sum_of_squares": result.ssr,
        "residual_standard_error": result.mse_resid ** 0.5})


def weighted(family, y, columns):
    weight = earnings.age - 20.0
    x = sm.add_constant(pd.DataFrame(columns))
    result = sm.GLM(y, x, family=family, freq_weights=weight).fit(tol=1e-14, maxiter=100)
    return fitted(result, ["(intercept)", *columns], {"deviance": result.deviance, "log_likelihood": result.llf, "null_deviance": result.null_deviance})


def logistic():
    yes = lambda column: (mortgage[column] == "yes").astype(float)
    x = pd.DataFrame({"pirat": mortgage.pirat, "afam = yes": yes("afam")})
    result = sm.Logit(yes("deny"), sm.add_constant(x)).fit(disp=0, method="newton", tol=1e-14, maxiter=100)
    interval = result.conf_int()
    return fitted(result, ["(intercept)", *x.columns], {
        "low": list(interval[0]), "high": list(interval[1]), "deviance": -2 * result.llf, "null_deviance": -2 * result.llnull, "aic": result.aic, "bic": result.bic,
        "mcfadden_r2": result.prsquared})


def scores():
    u, v = minstd(11, 400), minstd(12, 400)
    y = (v < u ** 1.5).astype(int)
    positive, negative = u[y == 1], u[y == 0]
    line = sm.Logit(y, sm.add_constant(np.log(u / (1 - u)))).fit(disp=0, tol=1e-14, maxiter=100)
    tied = np.floor(u * 20) / 20
    return {"ks": stats.ks_2samp(positive, negative).statistic, "slope": line.params[1], "intercept": line.params[0],
            "tied_auc": metrics.roc_auc_score(y, tied), "tied_average_precision": metrics.average_precision_score(y, tied)}


def beta():
    cases = [(0.025, 45, 456), (0.975, 46, 455), (0.025, 1, 30), (0.975, 30, 1), (0.025, 1851, 191), (0.975, 1852, 190), (0.5, 0.5, 0.5), (0.001, 2, 3),
             (0.999, 20000, 30000), (1e-10, 3, 4)]
    return [{"p": p, "a": a, "b": b, "x": stats.beta.ppf(p, a, b)} for p, a, b in cases]


def clopper():
    cases = [(45, 500), (0, 30), (30, 30), (1, 30), (243, 339), (1852, 2041), (5000, 10000)]
    return [{"successes": k, "trials": n, "low": 0.0 if k == 0 else stats.beta.ppf(.025, k, n - k + 1), "high": 1.0 if k == n else stats.beta.ppf(.975, k + 1, n - k)}
            for k, n in cases]


def fisher():
    tables = [(8, 2, 1, 5), (243, 96, 1852, 189), (0, 10, 5, 5), (10, 0, 0, 10), (3, 3, 3, 3), (1, 9, 11, 3), (500, 500, 520, 480), (0, 5, 0, 7), (2, 98, 30, 9970), (13, 1, 72, 627)]
    return [{"table": table, "p": stats.fisher_exact([table[:2], table[2:]])[1]} for table in tables]


def katz():
    a, n, c, m = 243, 339, 1852, 2041
    ratio = (a / n) / (c / m)
    error = (1 / a - 1 / n + 1 / c - 1 / m) ** 0.5
    z = stats.norm.ppf(.975)
    return {"ratio": ratio, "low": ratio * np.exp(-z * error), "high": ratio * np.exp(z * error)}


def tails():
    return {"normal": [{"z": z, "p": 2 * stats.norm.sf(z)} for z in (0.0, 0.5, 1.96, 5.0, 12.0, 30.0)],
            "student": [{"t": t, "df": df, "p": 2 * stats.t.sf(t, df)} for t, df in ((0.0, 5), (1.0, 1), (2.5, 7), (2.0, 15583), (40.0, 15583))]}


json.dump({
    "made_with": {"scipy": scipy.__version__, "sklearn": sklearn.__version__, "statsmodels": statsmodels.__version__, "numpy": np.__version__},
    "linear": linear(), "logistic": logistic(),
    "weighted_linear": weighted(sm.families.Gaussian(), np.log(earnings.earnings), {"age": earnings.age.astype(float)}),
    "weighted_logistic": weighted(sm.families.Binomial(), (earnings.degree == "bachelor").astype(float), {"earnings": earnings.earnings, "year = 2004": (earnings.year == 2004).astype(float)}),
    "scores": scores(), "beta": beta(), "clopper": clopper(), "fisher": fisher(), "katz": katz(), "tails": tails(),
}, sys.stdout, indent=1)
print()
